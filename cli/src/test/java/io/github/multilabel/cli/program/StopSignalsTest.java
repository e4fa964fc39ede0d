package io.github.multilabel.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.cars.synthetic.SyntheticCars;
import io.github.multilabel.cli.Multilabel;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a process does that is sent a signal to end. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there a process cannot send another the signal")
class StopSignalsTest {

    private static final int TERMINATED = 143;

    @TempDir
    Path folder;

    /** Never comes to an end by itself. */
    static final class Endless {
        private Endless() {}

        /** Waits for signals. */
        public static void main(String[] arguments) throws InterruptedException {
            try (StopSignals signals = new StopSignals("it stops", () -> {})) {
                System.out.println("ready");
                new CountDownLatch(1).await();
            }
        }
    }

    private Process start(Class<?> program, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "-XX:TieredStopAtLevel=1", // a short life
                "-Dai.djl.pytorch.num_threads=1",
                program.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }

    /** Reads what the process prints until a line starts so. */
    private static void awaitLine(BufferedReader out, String start) throws IOException {
        String line = out.readLine();
        while (line != null && !line.startsWith(start)) {
            line = out.readLine();
        }
        assertThat(line).as("a line that starts with '" + start + "'").isNotNull();
    }

    @Test
    void theFirstSignalLeavesACheckpointAndSaysHowToGoOn() throws Exception {
        Path cars = SyntheticCars.builder()
                .optTrain(64)
                .optTest(16)
                .optImageSize(32)
                .build()
                .writeTo(folder.resolve("cars"));
        Path output = folder.resolve("output");
        Process training = start(
                Multilabel.class,
                "train",
                "--dataset",
                "stanford-cars",
                "--data",
                cars,
                "--backbone",
                "small",
                "--image-size",
                "32",
                "--epochs",
                "100000",
                "--output",
                output);
        try (BufferedReader out = training.inputReader(StandardCharsets.UTF_8)) {
            awaitLine(out, "epoch 1:");
            training.toHandle().destroy(); // that of the process itself would close its output
            String rest = out.lines().collect(Collectors.joining("\n"));
            assertThat(training.waitFor()).as(rest).isEqualTo(TERMINATED);
            assertThat(rest).contains("the same command with --resume goes on from " + output);
        } finally {
            training.destroyForcibly();
        }
        assertThat(Files.readString(folder.resolve("errors")))
                .contains("SIGTERM: training stops after this batch and saves a checkpoint")
                .doesNotContain("Exception");
        assertThat(output.resolve("checkpoints")).isDirectoryContaining("glob:**checkpoint-*");
        assertThat(output.resolve("model")).doesNotExist();
    }

    @Test
    void theSecondSignalEndsTheProcessAtOnce() throws Exception {
        Process endless = start(Endless.class);
        try (BufferedReader out = endless.inputReader(StandardCharsets.UTF_8)) {
            awaitLine(out, "ready");
            endless.toHandle().destroy();
            while (Files.size(folder.resolve("errors")) == 0) {
                Thread.onSpinWait();
            }
            assertThat(endless.isAlive()).as("after the first").isTrue();
            endless.toHandle().destroy();
            assertThat(endless.waitFor()).isEqualTo(TERMINATED);
        } finally {
            endless.destroyForcibly();
        }
    }
}
