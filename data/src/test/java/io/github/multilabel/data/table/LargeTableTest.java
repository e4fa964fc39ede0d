package io.github.multilabel.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.Labels;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of many rows and of many heads take memory by their rows, and not by what the rows have in common. */
class LargeTableTest {

    @TempDir
    Path folder;

    private static Path write(Path file, int rows, int heads) throws IOException {
        Random random = new Random(1);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("file");
            for (int head = 0; head < heads; head++) {
                out.write(",h" + head);
            }
            out.write(",note\n");
            for (int row = 0; row < rows; row++) {
                out.write("photos/" + row + ".jpg");
                for (int head = 0; head < heads; head++) {
                    out.write(",category" + random.nextInt(50));
                }
                out.write(",note " + row + "\n");
            }
        }
        return file;
    }

    private static ImageTable build(Path csv, int heads) throws IOException {
        ImageTableBuilder table = ImageTable.of(TableFile.of(csv));
        for (int head = 0; head < heads; head++) {
            table.addHead("h" + head);
        }
        return table.optDuplicatesTogether(false).optValidation(0.2).build();
    }

    @Test
    void rowsShareWhatTheyHaveInCommon() throws IOException {
        ImageTable table = build(write(folder.resolve("labels.csv"), 3_000, 2), 2);
        List<Labels> labels =
                table.samples().stream().map(sample -> sample.labels()).toList();
        assertThat(labels.stream().map(Labels::heads).distinct()).hasSize(1);
        List<TableRow> rows = TableFile.of(folder.resolve("labels.csv")).read(List.of("h0"));
        assertThat(rows.stream()
                        .map(row -> System.identityHashCode(row.cell("h0")))
                        .distinct())
                .as("50 categories in 3,000 rows")
                .hasSize(50);
    }

    @Test
    @Tag("hostile")
    void aMillionRowsOfFiveHeadsFitIntoAGigabyte() throws Exception {
        Path csv = write(folder.resolve("labels.csv"), 1_000_000, 5);
        Path said = folder.resolve("said.txt");
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeTableTest.class.getName(),
                        csv.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(java.waitFor()).as(() -> said(said)).isZero();
        assertThat(said(said)).contains("1000000 rows, 5 heads");
    }

    private static String said(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Builds a table of five heads in a heap of its own. */
    public static void main(String[] arguments) throws IOException {
        ImageTable table = build(Path.of(arguments[0]), 5);
        System.out.println(table.size() + " rows, " + table.heads().size() + " heads");
    }
}
