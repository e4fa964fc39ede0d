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
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.training.MultiLabelTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** A training on the images of a table or of folders. */
record TableTraining(ImageTable table, PhotoOptions photos, TrainingOptions training) {

    private static final TrainingDefaults DEFAULTS = TrainingDefaults.PHOTOS;

    /** Trains, evaluates and writes; returns the exit code. */
    int run(Path output) throws IOException, MalformedModelException {
        System.out.println(Flags.of(table.summary()));
        TableParts.evaluated(table.split()); // before a folder is made
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
        String evaluated = TableParts.evaluated(split.split());
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
}
