package io.github.multilabel.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.data.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitFileTest {

    private static final List<String> KEYS = List.of("1.jpg", "a, \"b\".jpg", "två\nrader.jpg", " 4.jpg");
    private static final DataSplit SPLIT = DataSplit.byName(List.of("train", "test", "train", "train"));

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Path file = folder.resolve("new").resolve("split.csv");
        SplitFile.write(file, SPLIT, KEYS);
        assertThat(Files.readString(file))
                .isEqualTo(
                        "row,part\n1.jpg,train\n\"två\nrader.jpg\",train\n\" 4.jpg\",train\n\"a, \"\"b\"\".jpg\",test\n");
        assertThat(SplitFile.read(file, KEYS)).isEqualTo(SPLIT);
    }

    @Test
    void theOrderOfThePartsIsKeptThoughTheFirstRowIsOfAnother() throws IOException {
        DataSplit split = DataSplit.builder()
                .setLabels(Rows.cars(50, 1))
                .addPart("test", 0.1)
                .addPart("train", 0.9)
                .build();
        List<String> keys = Rows.names("photo ", 50);
        SplitFile.write(folder.resolve("split.csv"), split, keys);
        assertThat(SplitFile.read(folder.resolve("split.csv"), keys)).isEqualTo(split);
    }

    @Test
    void aTableInAnotherOrderKeepsItsParts() throws IOException {
        Path file = folder.resolve("split.csv");
        SplitFile.write(file, SPLIT, KEYS);
        List<String> reversed = new ArrayList<>(KEYS);
        Collections.reverse(reversed);
        DataSplit read = SplitFile.read(file, reversed);
        assertThat(read.select("test", reversed)).containsExactly("a, \"b\".jpg");
        assertThat(read.select("train", reversed)).containsExactly(" 4.jpg", "två\nrader.jpg", "1.jpg");
    }

    @Test
    void aFileThatASpreadsheetSavedIsRead() throws IOException {
        DataSplit split = SplitFile.read(file("\uFEFFrow,part\r\nx,train\r\n\r\ny,test\r\n"), List.of("x", "y"));
        assertThat(split).isEqualTo(DataSplit.byName(List.of("train", "test")));
    }

    @Test
    void rowsThatTheTableLacksAndRowsThatTheFileLacksAreNamed() throws IOException {
        Path file = file("row,part\nx,train\nz,test\n");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> SplitFile.read(file, List.of("x", "y")))
                .withMessage(
                        file + ": the split is of another table; it lacks 1 row: 'y'; it has 1 row: 'z' (line 3) too"
                                + " many. Use the table that was split, or split anew");
    }

    @Test
    void rowsThatCameToATableGoWhereTheCallerSaysAndThoseThatAreGoneArePassedOver() throws IOException {
        Path file = file("row,part\nx,validation\ny,train\nz,train\n");

        DataSplit split = SplitFile.read(file, List.of("new", "x", "y"), "train");

        assertThat(split.rows("train")).containsExactly(0, 2);
        assertThat(split.rows("validation")).containsExactly(1);
        assertThat(split.warnings())
                .extracting(Finding::message)
                .containsExactly(
                        file + " lacks rows of the table, which go to 'train': 1 row: 'new'",
                        file + " has rows that the table lacks, which are passed over: 1 row: 'z' (line 4)");
    }

    @Test
    void aSplitWithoutAnyRowOfTheTableIsOfAnother() throws IOException {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> SplitFile.read(file("row,part\nx,train\n"), List.of("a", "b"), "train"))
                .withMessageContaining("the split is of another table; it lacks 2 rows: 'a', 'b'");
        assertThatExceptionOfType(IOException.class)
                .as("nowhere to put the row that came")
                .isThrownBy(() -> SplitFile.read(file("row,part\nx,fold 1\n"), List.of("x", "new"), "train"))
                .withMessageContaining("it lacks 1 row: 'new'");
    }

    @Test
    void aRowThatStandsTwiceIsRefused() throws IOException {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> SplitFile.read(file("row,part\nx,train\ny,train\nx,test\n"), List.of("x", "y")))
                .withMessageContaining(
                        "line 4: row 'x' is in part 'test', but line 2 put it in 'train'; a row must stand once");
    }

    @Test
    void whatIsNoSplitIsRefused() throws IOException {
        List<String> keys = List.of("x");
        assertFails("", keys, "the columns must be [row, part], found []");
        assertFails("image,brand\nx,Audi\n", keys, "the columns must be [row, part], found [image, brand]");
        assertFails("row,part\n", keys, "it lacks 1 row: 'x'");
        assertFails("row,part\nx\n", keys, "line 2: expected a row and its part, found [x]");
        assertFails("row,part\nx, \n", keys, "line 2: expected a row and its part, found [x,  ]");
        assertFails("row,part\nx,train,test\n", keys, "line 2: expected a row and its part, found [x, train, test]");
        assertFails("row,row\nx,train\n", keys, "the columns must be [row, part], found [row, row]");
        assertFails("row,part\n\"x,train\n", keys, "not CSV");
        Path latin = folder.resolve("latin.csv");
        Files.write(latin, "row,part\nCitroën,train\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> SplitFile.read(latin, keys))
                .withMessageContaining("not UTF-8 text");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> SplitFile.read(folder.resolve("none.csv"), keys))
                .withMessageContaining("none.csv: no such file");
    }

    private void assertFails(String text, List<String> keys, String message) throws IOException {
        Path file = file(text);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> SplitFile.read(file, keys))
                .withMessageStartingWith(file.toString())
                .withMessageContaining(message);
    }

    @Test
    void keysMustNameRowsOneToOne() {
        Path file = folder.resolve("split.csv");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SplitFile.write(file, SPLIT, List.of("a", "b", "a", "c")))
                .withMessage("the rows 0 and 2 (counted from 0) have the same key 'a'; keys must differ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SplitFile.write(file, SPLIT, Arrays.asList("a", "b", null, "c")))
                .withMessage("the key of row 2 (counted from 0) is null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SplitFile.write(file, SPLIT, List.of("a")))
                .withMessage("the split has 4 rows, got 1 keys; pass one per row");
        assertThat(file).doesNotExist();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "split", ".csv"), text);
    }
}
