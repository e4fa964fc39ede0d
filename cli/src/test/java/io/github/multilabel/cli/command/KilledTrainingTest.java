package io.github.multilabel.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.cli.Multilabel;
import io.github.multilabel.cli.Typed;
import io.github.multilabel.testsupport.Ran;
import io.github.multilabel.testsupport.Shapes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings that replace each other in one folder, killed at random moments, as by a power cut, while a second process
 * wants the same folder: whatever happens, a user finds the files of one training there, and all of them in the end.
 */
class KilledTrainingTest {

    private static final List<String> FIRST = List.of("--seed", "1", "--epochs", "2");
    private static final List<String> SECOND = List.of("--seed", "2", "--epochs", "3");

    @TempDir
    Path folder;

    private Path output;
    private Map<String, String> before;
    private Map<String, String> after;
    private int refused;

    @BeforeEach
    void twoTrainingsThatNobodyDisturbs() throws Exception {
        Shapes.write(Shapes.draw(60, 1), folder);
        output = folder.resolve("second");
        train(SECOND);
        after = files();
        output = folder.resolve("output");
        train(FIRST);
        before = files();
        assertThat(before.keySet()).contains("metrics.json", "steps.csv", "model/weights.safetensors");
        assertThat(before).isNotEqualTo(after);
    }

    private void train(List<String> training) {
        Ran trained = Typed.multilabel(options(training).toArray());
        assertThat(trained.code()).as(trained.err()).isZero();
    }

    private List<String> options(List<String> training) {
        List<String> options = new ArrayList<>(List.of("train"));
        options.addAll(training);
        options.addAll(List.of("--csv", folder.resolve("labels.csv").toString(), "--head", "colour"));
        options.addAll(List.of("--images", folder.resolve("photos").toString(), "--output", output.toString()));
        options.addAll(List.of("--backbone", "small", "--image-size", "32", "--batch-size", "16"));
        options.addAll(List.of("--checkpoint-every", "1"));
        return options;
    }

    private Process start(List<String> training, String how) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "-XX:TieredStopAtLevel=1", // a short life
                "-Dai.djl.pytorch.num_threads=1",
                Multilabel.class.getName()));
        command.addAll(options(training));
        command.add(how);
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("errors").toFile()))
                .start();
    }

    private void succeed(Process training) throws Exception {
        assertThat(training.waitFor())
                .as(() -> {
                    try {
                        return Files.readString(folder.resolve("errors"));
                    } catch (IOException e) {
                        return e.toString();
                    }
                })
                .isZero();
    }

    /** What must not differ between two trainings of the same seed, by its name: what has no times in it. */
    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(output)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = output.relativize(path).toString();
                if (name.equals("history.csv")) { // its third column is a speed
                    files.put(name, Files.readString(path).replaceAll("(?m)^([^,]*,[^,]*),[^,]*", "$1"));
                } else if (name.equals("run.json")) { // it has a time, and says whether it went on
                    files.put(name, Files.readString(path).replaceAll("(?s).*(\"seed\": \\d+).*", "$1"));
                } else if (name.matches("metrics.json|steps.csv|model/.*|checkpoints/checkpoint-0*[0369]/state.*")) {
                    CRC32C crc = new CRC32C();
                    crc.update(Files.readAllBytes(path));
                    files.put(name, Long.toHexString(crc.getValue()));
                }
            }
        }
        return files;
    }

    @Test
    void twoKillsLeaveOneTraining() throws Exception {
        kill(2, new Random(1), 3_000);
    }

    @Test
    @Tag("hostile")
    void twentyKillsLeaveOneTraining() throws Exception {
        kill(20, new Random(2), 20_000);
    }

    /** Kills at moments that are spread over so many milliseconds. */
    private void kill(int kills, Random random, int millis) throws Exception {
        List<String> training = SECOND;
        int killed = 0;
        int replaced = 0;
        while (killed < kills) {
            boolean goesOn = Files.isDirectory(output.resolve(".replacement")) && random.nextBoolean();
            if (isKilled(training, goesOn ? "--resume" : "--overwrite", random.nextInt(millis))) {
                killed++;
                Map<String, String> found = files();
                assertThat(before.entrySet().containsAll(found.entrySet())
                                || after.entrySet().containsAll(found.entrySet()))
                        .as("after %d kills: %s is of %s or of %s", killed, found, before, after)
                        .isTrue();
            } else {
                training = next(training);
                replaced++;
            }
        }
        succeed(start(training, Files.isDirectory(output.resolve(".replacement")) ? "--resume" : "--overwrite"));
        next(training);
        System.out.printf(
                Locale.ROOT,
                "%d kills, %d trainings replaced another, a second process was refused %d times%n",
                killed,
                replaced + 1,
                refused);
    }

    /** The training that is over has replaced the other: now the other replaces it. */
    private List<String> next(List<String> training) throws IOException {
        assertThat(files()).isEqualTo(after);
        try (Stream<Path> all = Files.list(output)) {
            assertThat(all.map(path -> path.getFileName().toString()))
                    .as("nothing hidden is left either")
                    .containsExactlyInAnyOrder(
                            "checkpoints",
                            "history.csv",
                            "learning-curves.png",
                            "metrics.json",
                            "model",
                            "predictions.csv",
                            "predictions.safetensors",
                            "report.html",
                            "run.json",
                            "split.csv",
                            "steps.csv",
                            "tensorboard",
                            "validation-samples.png");
        }
        Map<String, String> swapped = before;
        before = after;
        after = swapped;
        return training.equals(FIRST) ? SECOND : FIRST;
    }

    /** False if the training came to its end before. */
    private boolean isKilled(List<String> training, String how, long delay) throws Exception {
        Process one = start(training, how);
        Process other = start(training, how);
        try {
            boolean isOver = one.waitFor(delay, TimeUnit.MILLISECONDS) && one.exitValue() == 0
                    || !other.isAlive() && other.exitValue() == 0;
            if (isOver) { // the second was refused, or does the same once more
                one.waitFor();
                other.waitFor();
            }
            for (Process process : List.of(one, other)) {
                if (!process.isAlive() && process.exitValue() != 0) {
                    refused++;
                    assertThat(Files.readString(folder.resolve("errors"), StandardCharsets.UTF_8))
                            .containsPattern(
                                    "is in use by (process (%d|%d)|another process)".formatted(one.pid(), other.pid()));
                }
            }
            return !isOver;
        } finally {
            one.destroyForcibly().waitFor();
            other.destroyForcibly().waitFor();
        }
    }
}
