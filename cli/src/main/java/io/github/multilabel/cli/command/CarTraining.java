package io.github.multilabel.cli.command;

import ai.djl.MalformedModelException;
import io.github.multilabel.cars.StanfordCars;
import io.github.multilabel.cars.StanfordCarsBuilder;
import io.github.multilabel.cli.program.CarOptions;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.PhotoOptions;
import io.github.multilabel.cli.program.TrainingDefaults;
import io.github.multilabel.cli.program.TrainingOptions;
import io.github.multilabel.cli.program.TrainingOutput;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.data.Split;
import io.github.multilabel.training.MultiLabelTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A training on Stanford Cars. Where the data has no labelled test photos, a fixed tenth of its training photos is held
 * out for evaluation.
 */
record CarTraining(CarOptions cars, List<String> heads, PhotoOptions photos, TrainingOptions training) {

    /** Trains, evaluates and writes; returns the exit code. */
    int run(Path output) throws IOException, MalformedModelException {
        TrainingDefaults defaults = cars.isSample() ? TrainingDefaults.DRAWINGS : TrainingDefaults.PHOTOS;
        StanfordCarsBuilder trained = photos.cars(output).optHeads(training.heads(heads));
        InvalidInputException.require(training.cars(trained, defaults)::requireUsable);
        training.requireUsable(expected(), defaults);
        try (TrainingOutput result = training.output(output)) {
            return run(cars.folder(output), defaults, result);
        }
    }

    /** Categories are known when the annotations are there. */
    private HeadSet expected() {
        return HeadSet.of(training.heads(heads).stream()
                .map(head -> Head.singleLabel(head, "not", "known", "yet"))
                .toList());
    }

    private int run(Path root, TrainingDefaults defaults, TrainingOutput result)
            throws IOException, MalformedModelException {
        StanfordCarsBuilder trained = photos.cars(root).optSplit(Split.TRAIN).optHeads(training.heads(heads));
        StanfordCarsBuilder validated =
                photos.cars(root).optSplit(Split.VALIDATION).optHeads(heads);
        try (StanfordCars train = InvalidInputException.check(training.cars(trained, defaults)::build);
                StanfordCars validation = InvalidInputException.check(validated::build);
                MultiLabelTrainer trainer =
                        training.trainer(train.heads(), defaults, result, train::medianAspectRatio)) {
            System.out.printf(
                    Locale.ROOT,
                    "training on %s, evaluating on %s%n%n%s%n",
                    count(train),
                    count(validation),
                    train.counts());
            return training.run(trainer, defaults, train, validation, result);
        }
    }

    private static String count(StanfordCars cars) {
        String photos = String.format(Locale.ROOT, "%,d photos", cars.size());
        return cars.size() == cars.annotated()
                ? photos
                : photos + String.format(Locale.ROOT, " (of %,d annotated)", cars.annotated());
    }
}
