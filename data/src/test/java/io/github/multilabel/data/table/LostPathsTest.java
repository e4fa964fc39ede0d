package io.github.multilabel.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths of another machine. */
class LostPathsTest {

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void images() throws IOException {
        Files.createDirectories(folder.resolve("cars"));
        for (String name : List.of("1.jpg", "2.jpg", "3.jpg")) {
            Files.writeString(folder.resolve("cars").resolve(name), name);
        }
    }

    private TableFile csv(String beginning) throws IOException {
        Path file = Files.writeString(
                folder.resolve("labels.csv"),
                "file,brand\n1.jpg,A\n2.jpg,B\n3.jpg,A\n".replaceAll("(?m)^(?=\\d)", beginning));
        return TableFile.of(file);
    }

    private long found(TableFile csv) throws IOException {
        return csv.read(List.of(), note -> notes.add(note.message())).stream()
                .filter(row -> row.image().problem().isEmpty())
                .count();
    }

    @Test
    void whereABeginningIsCutAlreadyTheAdviceBeginsWithIt() throws IOException {
        TableFile cut = csv("/data/upload/3/cars/").withoutPrefix("/data/");

        assertThat(found(cut)).isZero();
        assertThat(notes).singleElement().asString().contains("withoutPrefix(\"/data/upload/3/\")");
        assertThat(found(csv("/data/upload/3/cars/").withoutPrefix("/data/upload/3/")))
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/home/old/data/cars/", "C:/data/cars/", "s3://bucket/cars/", "data/old/cars/"})
    void theBeginningThatAllHaveIsToldOfWithWhatToCut(String beginning) throws IOException {
        assertThat(found(csv(beginning))).isZero();

        String cut = beginning.replace("cars/", "");
        assertThat(notes)
                .singleElement()
                .asString()
                .contains("3 of 3 images are not there", "withoutPrefix(\"" + cut + "\")", "'cars/1.jpg', is in");
        assertThat(found(csv(beginning).withoutPrefix(cut))).isEqualTo(3);
        assertThat(found(csv(beginning).withoutPrefix(cut.substring(0, cut.length() - 1))))
                .as("without the slash at its end")
                .isEqualTo(3);
        assertThat(notes).hasSize(1);
    }

    @Test
    void backslashesAreSlashes() throws IOException {
        assertThat(found(csv("D:\\\\photos\\\\cars\\\\").withoutPrefix("D:\\photos")))
                .isEqualTo(3);
    }

    @Test
    void whereTheImagesAreNowhereAFolderIsAskedFor() throws IOException {
        assertThat(found(csv("/home/old/vans/"))).isZero();
        assertThat(notes).singleElement().asString().contains("begin with '/home/old/vans/'", "withImages(...)");
    }

    @Test
    void aPrefixThatNoPathHasIsToldOf() throws IOException {
        assertThat(found(csv("/home/old/cars/").withoutPrefix("/home/odl/"))).isZero();
        assertThat(notes).singleElement().asString().contains("no path of an image begins with '/home/odl/'");
    }

    @Test
    void aFewMissingImagesAreNoReasonForAdvice() throws IOException {
        Files.delete(folder.resolve("cars").resolve("1.jpg"));
        assertThat(found(csv("cars/"))).isEqualTo(2);
        assertThat(notes).isEmpty();
    }
}
