package io.github.multilabel.cli.command;

import ai.djl.MalformedModelException;
import io.github.multilabel.cli.program.Flags;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.PhotoOptions;
import io.github.multilabel.cli.program.TrainingDefaults;
import io.github.multilabel.cli.program.TrainingOptions;
import io.github.multilabel.cli.program.TrainingOutput;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.ImageDatasetBuilder;
import io.github.multilabel.data.Split;
import io.github.multilabel.data.split.DataSplit;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.training.MultiLabelTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A training on the images of a table or of folders. */
record TableTraining(ImageTable table, PhotoOptions photos, TrainingOptions training) {

    private static final TrainingDefaults DEFAULTS = TrainingDefaults.PHOTOS;

    /** Trains, evaluates and writes; returns the exit code. */
    int run(Path output) throws IOException, MalformedModelException {
        System.out.println(Flags.of(table.summary()));
        evaluated(table.split()); // before a folder is made
        return train(output, () -> {});
    }

    /** The same without a word on the table; something is done when there is a checkpoint. */
    int train(Path output, TrainingOutput.FirstCheckpoint onCheckpoint) throws IOException, MalformedModelException {
        try (TrainingOutput result = training.output(output)) {
            result.onCheckpoint(onCheckpoint);
            return run(result.split(table), result);
        }
    }

    private int run(ImageTable split, TrainingOutput result) throws IOException, MalformedModelException {
        String evaluated = evaluated(split.split());
        ImageDatasetBuilder trained = training.images(photos.images(split.dataset(Split.TRAIN.part())), DEFAULTS);
        try (ImageDataset train = InvalidInputException.check(trained::build);
                ImageDataset validation =
                        photos.images(split.dataset(evaluated)).build();
                MultiLabelTrainer trainer =
                        training.trainer(split.heads(), DEFAULTS, result, train::medianAspectRatio)) {
            System.out.printf(
                    Locale.ROOT,
                    "training on %,d images, evaluating on %,d (%s)%n",
                    train.size(),
                    validation.size(),
                    evaluated);
            return training.run(trainer, DEFAULTS, train, validation, result);
        }
    }

    /** The part of the split that evaluates the model: validation, or test where the table has none. */
    private static String evaluated(Optional<DataSplit> split) {
        List<String> parts = split.orElseThrow(
                        () -> new InvalidInputException("--validation 0 leaves no rows for evaluation: name a fraction"
                                + " above 0, such as 0.2, or a --split-column whose rows say validation"))
                .parts();
        return Stream.of(Split.VALIDATION.part(), Split.TEST.part())
                .filter(parts::contains)
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("the table is split into " + parts
                        + ", but no rows are there for evaluation: rows must say validation or test"));
    }
}
