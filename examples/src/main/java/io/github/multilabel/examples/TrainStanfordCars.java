package io.github.multilabel.examples;

import io.github.multilabel.cars.StanfordCars;
import io.github.multilabel.cars.StanfordCarsBuilder;
import io.github.multilabel.cli.program.DataOptions;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.Launcher;
import io.github.multilabel.cli.program.PhotoOptions;
import io.github.multilabel.cli.program.TrainingOptions;
import io.github.multilabel.cli.program.TrainingOutput;
import io.github.multilabel.data.Split;
import io.github.multilabel.training.MultiLabelTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model with several heads on cars, and leaves it with its metrics in a folder. */
@Command(
        name = "TrainStanfordCars",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains one model with several heads on photos of cars, prints its metrics, and writes metrics.json,"
                    + " history.csv, learning-curves.png and the model into a folder, with checkpoints and a log for"
                    + " TensorBoard.",
            "Where the data has no labelled test photos, a fixed tenth of its training photos is held out for evaluation."
        })
public final class TrainStanfordCars implements Callable<Integer> {

    @Mixin
    private final DataOptions source = new DataOptions();

    @Mixin
    private final PhotoOptions photoOptions = new PhotoOptions();

    @Mixin
    private final TrainingOptions training = new TrainingOptions();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "The folder for all results (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("build/cars");

    /** Runs the program. */
    public static void main(String[] arguments) {
        Launcher.run(new TrainStanfordCars(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        TrainingOptions.Defaults defaults =
                source.isSample() ? TrainingOptions.Defaults.DRAWINGS : TrainingOptions.Defaults.PHOTOS;
        try (TrainingOutput result = training.output(output)) {
            return train(source.folder(output), defaults, result);
        }
    }

    private int train(Path root, TrainingOptions.Defaults defaults, TrainingOutput result) throws IOException {
        StanfordCarsBuilder trained =
                photoOptions.cars(root).optSplit(Split.TRAIN).optHeads(training.heads(source.heads()));
        StanfordCarsBuilder validated =
                photoOptions.cars(root).optSplit(Split.VALIDATION).optHeads(source.heads());
        try (StanfordCars train = InvalidInputException.check(training.cars(trained, defaults)::build);
                StanfordCars validation = InvalidInputException.check(validated::build);
                MultiLabelTrainer trainer = training.trainer(train.heads(), defaults, result)) {
            System.out.printf(
                    Locale.ROOT,
                    "training on %s, evaluating on %s%n%n%s%n",
                    count(train),
                    count(validation),
                    train.counts());
            return training.run(trainer, train, validation, result);
        }
    }

    private static String count(StanfordCars cars) {
        String photos = String.format(Locale.ROOT, "%,d photos", cars.size());
        return cars.size() == cars.annotated()
                ? photos
                : photos + String.format(Locale.ROOT, " (of %,d annotated)", cars.annotated());
    }
}
