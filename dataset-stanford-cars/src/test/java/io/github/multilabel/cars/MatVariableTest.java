package io.github.multilabel.cars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatVariableTest {

    @TempDir
    Path temp;

    private Path list;

    @BeforeEach
    void writeAList() throws IOException {
        CarFolder folder = new CarFolder(temp).list("list.mat", "00001.jpg", 1, "00002.jpg", 196);
        list = folder.path("list.mat");
    }

    @Test
    void fieldsAreReadByName() throws IOException {
        MatVariable table = MatVariable.read(list, "annotations");
        assertThat(table.size()).isEqualTo(2);
        assertThat(table.text("fname", 1)).isEqualTo("00002.jpg");
        assertThat(table.number("class", 1)).isEqualTo(196);
        assertThat(table.has("class")).isTrue();
        assertThat(table.has("test")).isFalse();
        assertThat(table.origin(1)).isEqualTo("list.mat row 2");
    }

    @Test
    void aTextFileIsToldApart() throws IOException {
        Files.writeString(list, "<html>404 Not Found</html>\n".repeat(20));
        assertThatThrownBy(() -> MatVariable.read(list, "annotations"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("list.mat: not a MAT file, it lacks the byte order mark");
    }

    @Test
    void anEmptyFileIsToldApart() throws IOException {
        Files.write(list, new byte[0]);
        assertThatThrownBy(() -> MatVariable.read(list, "annotations"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a MAT file, 0 bytes are less than its header");
    }

    @Test
    void aFileCutInHalfSaysHowMuchIsMissing() throws IOException {
        byte[] whole = Files.readAllBytes(list);
        Files.write(list, Arrays.copyOf(whole, 128 + (whole.length - 128) / 2));
        assertThatThrownBy(() -> MatVariable.read(list, "annotations"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("list.mat: cut off, it has " + Files.size(list) + " bytes and says that it has "
                        + whole.length);
    }

    @Test
    void everyCutIsAnIoException() throws IOException {
        byte[] whole = Files.readAllBytes(list);
        for (int length = 0; length < whole.length; length++) {
            Files.write(list, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> MatVariable.read(list, "annotations"))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("list.mat");
        }
    }

    @Test
    void damagedBytesGiveAnIoExceptionOrValues() throws IOException {
        byte[] whole = Files.readAllBytes(list);
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            byte[] damaged = whole.clone();
            damaged[128 + random.nextInt(whole.length - 128)] = (byte) random.nextInt();
            Files.write(list, damaged);
            assertThatCode(() -> {
                        try {
                            MatVariable table = MatVariable.read(list, "annotations");
                            for (int row = 0; row < table.size(); row++) {
                                table.number("class", row);
                                table.text("fname", row);
                            }
                        } catch (IOException e) {
                            assertThat(e).hasMessageContaining("list.mat");
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void version73IsNamed() throws IOException {
        byte[] bytes = Files.readAllBytes(list);
        bytes[124] = 0;
        bytes[125] = 2;
        Files.write(list, bytes);
        assertThatThrownBy(() -> MatVariable.read(list, "annotations"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 7.3")
                .hasMessageContaining("-v7");
    }

    @Test
    void anotherVariableIsNamed() {
        assertThatThrownBy(() -> MatVariable.read(list, "class_names"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has no variable 'class_names', only [annotations]");
    }

    @Test
    void anotherFieldIsNamed() throws IOException {
        MatVariable table = MatVariable.read(list, "annotations");
        assertThatThrownBy(() -> table.text("relative_im_path", 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'annotations' has no field 'relative_im_path', only [bbox_x1, class, fname]");
    }

    @Test
    void anotherTypeIsNamed() throws IOException {
        MatVariable table = MatVariable.read(list, "annotations");
        assertThatThrownBy(() -> table.number("fname", 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("one whole number in field 'fname' of row 1");
        assertThatThrownBy(() -> table.text("class", 0)).hasMessageContaining("should hold a text, found");
        assertThatThrownBy(table::texts).hasMessageContaining("should hold a cell array of texts, found struct");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> MatVariable.read(temp.resolve("none.mat"), "x"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("none.mat");
    }
}
