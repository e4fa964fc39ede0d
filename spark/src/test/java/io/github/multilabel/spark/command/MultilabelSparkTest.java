package io.github.multilabel.spark.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.cli.program.Launcher;
import io.github.multilabel.testsupport.Shapes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command ends its session: each run begins one of this machine. */
class MultilabelSparkTest {

    private static final List<String> SETTINGS = List.of(
            "spark.master", "local[2]",
            "spark.ui.enabled", "false",
            "spark.driver.bindAddress", "127.0.0.1",
            "spark.driver.host", "127.0.0.1",
            "spark.sql.shuffle.partitions", "2");

    @TempDir
    private Path folder;

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void begin() throws IOException {
        for (int i = 0; i < SETTINGS.size(); i += 2) {
            System.setProperty(SETTINGS.get(i), SETTINGS.get(i + 1));
        }
        List<String> rows = new ArrayList<>(List.of("file,colour,tags,part"));
        for (Shapes drawn : Shapes.draw(48, 5)) {
            Files.write(folder.resolve(drawn.name()), drawn.png());
            rows.add(drawn.name() + "," + drawn.colour() + "," + String.join("|", drawn.tags()) + ","
                    + (rows.size() % 4 == 0 ? "validation" : "train"));
        }
        Files.write(folder.resolve("labels.csv"), rows);
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void end() {
        System.setOut(out);
        System.setErr(err);
        for (int i = 0; i < SETTINGS.size(); i += 2) {
            System.clearProperty(SETTINGS.get(i));
        }
    }

    private int run(String... words) {
        return Launcher.execute(new MultilabelSpark(), words);
    }

    private String uri(String name) {
        return folder.resolve(name).toUri().toString();
    }

    @Test
    void aTableTrainsAModelThatPredictsAFolder() {
        int trained = run(
                "train",
                "--table",
                uri("labels.csv"),
                "--images",
                uri(""),
                "--head",
                "colour,tags:multi=|",
                "--split-column",
                "part",
                "--tasks",
                "2",
                "--work-folder",
                uri("work"),
                "--output",
                uri("model"),
                "--backbone",
                "small",
                "--image-size",
                "32",
                "--epochs",
                "1",
                "--batch-size",
                "8");
        assertThat(trained).as(printed.toString(StandardCharsets.UTF_8)).isZero();

        write("broken.png", "no image");
        int predicted = run(
                "predict",
                "--model",
                uri("model"),
                "--table",
                uri("labels.csv"),
                "--images",
                uri(""),
                "--output-prefix",
                "predicted_",
                "--output",
                uri("answers"),
                "--output-format",
                "json");

        assertThat(predicted).as(printed.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("48 rows are in ");
        assertThat(lines("answers")).hasSize(48).allSatisfy(line -> assertThat(line)
                .contains("\"predicted_colour\":{")
                .contains("\"predicted_tags\":["));
    }

    @Test
    void whatIsWrongIsSaidInOneLine() {
        assertThat(run("train", "--table", uri("labels.csv"), "--head", "color", "--output", uri("model")))
                .isEqualTo(2);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("--head: no column 'color'")
                .contains("colour")
                .doesNotContain("Exception");
        assertThat(run("predict", "--model", uri("nowhere"), "--images", uri(""), "--output", uri("answers")))
                .isEqualTo(1);
        assertThat(run("predict", "--model", uri("nowhere"), "--output", uri("answers")))
                .isEqualTo(2);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("--images names a folder of them");
        assertThat(run("train", "--tabel", "x")).isEqualTo(2);
    }

    @Test
    void whatCannotBeReadOrWrittenIsSaidWithoutAStackTrace() throws IOException {
        Files.createDirectory(folder.resolve("there"));

        assertThat(run("train", "--table", uri("labels.csv"), "--head", "colour", "--tasks", "9", "--output", uri("x")))
                .isEqualTo(2);
        assertThat(run("predict", "--model", uri("model"), "--table", uri("nowhere.csv"), "--output", uri("answers")))
                .isEqualTo(2);
        assertThat(run("train", "--table", uri("labels.csv"), "--head", "colour", "--output", uri("there")))
                .isEqualTo(2);
        assertThat(run(
                        "train",
                        "--table",
                        uri("labels.csv"),
                        "--images",
                        uri("lost"),
                        "--head",
                        "colour",
                        "--tasks",
                        "1",
                        "--backbone",
                        "small",
                        "--output",
                        uri("model")))
                .isEqualTo(1);

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .anyMatch(line -> line.contains("take fewer tasks by --tasks, or the master local[9]"))
                .anyMatch(line -> line.startsWith("Path does not exist: ") && line.endsWith("nowhere.csv."))
                .anyMatch(line -> line.contains("is there already") && line.contains("--overwrite"))
                .anyMatch(line -> line.startsWith("an image cannot be used: ") && line.contains("--on-bad-image skip"))
                .noneMatch(line -> line.startsWith("This is a fault"));
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> lines(String name) {
        List<String> lines = new ArrayList<>();
        try (var parts = Files.newDirectoryStream(folder.resolve(name), "part-*")) {
            for (Path part : parts) {
                lines.addAll(Files.readAllLines(part));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
