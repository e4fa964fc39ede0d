package io.github.multilabel.examples;

import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.training.MultiLabelTrainer;
import io.github.multilabel.training.TrainingResult;
import io.github.multilabel.training.metrics.Evaluation;
import io.github.multilabel.training.report.HistoryCsv;
import io.github.multilabel.training.report.LearningCurves;
import io.github.multilabel.training.report.MetricsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * What a training leaves: metrics.json, history.csv, learning-curves.png and the model.
 *
 * @param folder where
 */
record TrainingOutput(Path folder) {

    /** Checks, before training and not after its last epoch, that everything can be written. */
    void requireWritable() throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException("--output " + folder + " is a file; name a folder");
        }
        MultiLabelModel.requireSavable(model());
    }

    private Path model() {
        return folder.resolve("model");
    }

    /** Trains, and writes what came of it. */
    Evaluation train(MultiLabelTrainer trainer, MultiLabelDataset train, MultiLabelDataset validation)
            throws IOException {
        TrainingResult result = trainer.fit(train, validation);
        Evaluation evaluation = result.best().validation().orElseThrow();
        trainer.model().save(model());
        MetricsJson.write(folder.resolve("metrics.json"), evaluation, OptionalLong.of(train.size()));
        HistoryCsv.write(folder.resolve("history.csv"), result.history());
        LearningCurves.write(folder.resolve("learning-curves.png"), result.history());
        return evaluation;
    }

    /** For the user. */
    void print(Evaluation evaluation) {
        System.out.println(evaluation.table());
        System.out.println("metrics.json, history.csv, learning-curves.png and model/ are in " + folder);
    }
}
