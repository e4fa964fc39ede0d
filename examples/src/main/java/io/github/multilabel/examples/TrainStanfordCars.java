package io.github.multilabel.examples;

import io.github.multilabel.cars.StanfordCars;
import io.github.multilabel.data.Split;
import io.github.multilabel.examples.program.DataOptions;
import io.github.multilabel.examples.program.Launcher;
import io.github.multilabel.examples.program.PhotoOptions;
import io.github.multilabel.examples.program.TrainingOptions;
import io.github.multilabel.examples.program.TrainingOutput;
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
            "Trains one model that answers several questions about a photo of a car, prints how well it does, and"
                    + " writes metrics.json, history.csv, learning-curves.png and the model into a folder, with checkpoints"
                    + " and a log for TensorBoard.",
            "Where the data has no labelled test photos, a fixed tenth of its training photos is held out to judge by."
        })
public final class TrainStanfordCars implements Callable<Integer> {

    @Mixin
    private DataOptions source;

    @Mixin
    private PhotoOptions photoOptions;

    @Mixin
    private TrainingOptions training;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "build/cars",
            description = "where everything is written (default: ${DEFAULT-VALUE})")
    private Path output;

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
        try (StanfordCars train = photoOptions
                        .cars(root)
                        .optSplit(Split.TRAIN)
                        .optHeads(training.heads(source.heads()))
                        .optAugmentation(training.augmentation(defaults))
                        .build();
                StanfordCars validation = photoOptions
                        .cars(root)
                        .optSplit(Split.VALIDATION)
                        .optHeads(source.heads())
                        .build();
                MultiLabelTrainer trainer = training.trainer(train.heads(), defaults, result)) {
            System.out.printf(
                    Locale.ROOT,
                    "training on %s, judging by %s%n%n%s%n",
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
