package io.github.multilabel.cli.command;

import ai.djl.MalformedModelException;
import io.github.multilabel.cli.program.Flags;
import io.github.multilabel.cli.program.FoldsOutput;
import io.github.multilabel.cli.program.PhotoOptions;
import io.github.multilabel.cli.program.TrainingOptions;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A cross validation: a training for each part of a table, which trains on all others.
 *
 * @param table split into folds
 * @param labelIssues whether to find the labels that are probably wrong
 */
record FoldedTraining(ImageTable table, PhotoOptions photos, TrainingOptions training, boolean labelIssues) {

    /** Trains, evaluates and writes; returns the exit code. */
    int run(Path output) throws IOException, MalformedModelException {
        System.out.println(Flags.of(table.summary()));
        int count = table.split().orElseThrow().parts().size();
        try (FoldsOutput folds = training.folds(output, count)) {
            ImageTable split = folds.split(table);
            List<ImageTable> tables = split.folds();
            for (int fold = 1; fold <= count; fold++) {
                if (folds.isDone(fold)) {
                    System.out.printf(Locale.ROOT, "fold %d of %d is done, in %s%n", fold, count, folds.of(fold));
                    continue;
                }
                System.out.printf(Locale.ROOT, "fold %d of %d, in %s%n", fold, count, folds.of(fold));
                int code =
                        new TableTraining(tables.get(fold - 1), photos, training).train(folds.of(fold), folds::begun);
                if (code != 0) {
                    return code;
                }
            }
            System.out.println(folds.join(split));
            Predictions predictions = folds.predictions(split, photos);
            boolean isReported = folds.writeReport(predictions, split, report -> RunSettings.add(report, output));
            System.out.println("folds.json, folds.csv, " + (isReported ? "report.html, " : "")
                    + "predictions.csv and predictions.safetensors, in which each image is predicted by the model"
                    + " that was trained without it, are in " + output);
            if (labelIssues) {
                folds.writeLabelIssues(predictions, split);
            }
            return 0;
        }
    }
}
