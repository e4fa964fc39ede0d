package io.github.multilabel.benchmarks;

import io.github.multilabel.cars.synthetic.SyntheticCars;
import io.github.multilabel.examples.TrainStanfordCars;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Kills {@link TrainStanfordCars} at random moments, as a power cut would, and starts it again with {@code --resume}.
 * Whenever it comes to its end, the loss of every step and the weights must be those of a training that nobody
 * disturbed, to the last bit.
 */
@Command(name = "KillAndResume", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class KillAndResume implements Callable<Integer> {

    /** What must not differ. */
    private static final List<String> RESULTS = List.of("steps.csv", "model/weights.safetensors");

    private static final String TRAINING_BEGINS = "training on";

    @Option(names = "--kills", defaultValue = "50", description = "how many")
    private int kills;

    @Option(names = "--epochs", defaultValue = "8", description = "of each training, in 12 steps each")
    private int epochs;

    @Option(names = "--seed", defaultValue = "0", description = "of the moments")
    private long seed;

    @SuppressWarnings("NullAway.Init") // call() makes it
    private Path folder;

    /** Runs the benchmark. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new KillAndResume()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        folder = Files.createTempDirectory("kill-and-resume");
        SyntheticCars.builder()
                .optTrain(384)
                .optTest(48)
                .optImageSize(32)
                .build()
                .writeTo(folder.resolve("cars"));
        Path expected = folder.resolve("undisturbed");
        long millis = trainWithoutKill(expected);
        System.out.println("undisturbed: " + millis + " ms");

        Random random = new Random(seed);
        Path disturbed = folder.resolve("disturbed");
        int killed = 0;
        int killedInTraining = 0;
        int finished = 0;
        while (killed < kills) {
            boolean whileItStarts = random.nextInt(5) == 0;
            long delay = (long) (random.nextDouble() * millis / 2);
            if (isKilled(disturbed, whileItStarts, delay)) {
                killed++;
                killedInTraining += whileItStarts ? 0 : 1;
            } else {
                finished++;
                compareAndClear(expected, disturbed);
            }
        }
        trainWithoutKill(disturbed);
        compareAndClear(expected, disturbed);
        System.out.printf(
                Locale.ROOT,
                "%d kills, %d of them after training had begun; %d complete trainings, each with the losses and"
                        + " weights of the undisturbed one%n",
                killed,
                killedInTraining,
                finished + 1);
        clear(folder);
        return 0;
    }

    /** Returns how long it trained. */
    private long trainWithoutKill(Path output) throws IOException, InterruptedException {
        Process training = start(output);
        try {
            awaitTraining(training);
            long start = System.nanoTime();
            requireSuccess(training);
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        } finally {
            training.destroyForcibly();
        }
    }

    /** False if the training came to its end before. */
    private boolean isKilled(Path output, boolean whileItStarts, long delay) throws IOException, InterruptedException {
        Process training = start(output);
        try {
            if (!whileItStarts) {
                awaitTraining(training);
            }
            if (training.waitFor(delay, TimeUnit.MILLISECONDS)) {
                requireSuccess(training);
                return false;
            }
            return true;
        } finally {
            training.destroyForcibly().waitFor();
        }
    }

    private Process start(Path output) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                "-XX:TieredStopAtLevel=1", // a short life
                "-Dai.djl.pytorch.num_threads=1",
                TrainStanfordCars.class.getName()));
        command.addAll(List.of("--data", folder.resolve("cars").toString(), "--output", output.toString()));
        command.addAll(List.of("--backbone", "small", "--image-size", "32", "--augmentation", "light"));
        command.addAll(List.of("--epochs", Integer.toString(epochs), "--freeze-epochs", "1"));
        command.addAll(List.of("--ema-decay", "0.9", "--checkpoint-every", "2", "--resume"));
        return new ProcessBuilder(command).redirectError(errors().toFile()).start();
    }

    private Path errors() {
        return folder.resolve("errors.txt");
    }

    private void awaitTraining(Process training) throws IOException, InterruptedException {
        BufferedReader out = training.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(TRAINING_BEGINS)) {
                return;
            }
        }
        requireSuccess(training);
    }

    private void requireSuccess(Process training) throws IOException, InterruptedException {
        if (training.waitFor() != 0) {
            throw new IllegalStateException(
                    "the training ended with code " + training.exitValue() + ":\n" + Files.readString(errors()));
        }
    }

    private static void compareAndClear(Path expected, Path disturbed) throws IOException {
        for (String file : RESULTS) {
            long difference = Files.mismatch(expected.resolve(file), disturbed.resolve(file));
            if (difference >= 0) {
                throw new IllegalStateException(disturbed.resolve(file) + " differs from that of the undisturbed"
                        + " training, from byte " + difference + " on");
            }
        }
        clear(disturbed);
    }

    private static void clear(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }
}
