package io.github.multilabel.examples;

import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.training.LearningRateRange;
import io.github.multilabel.training.MultiLabelTrainer;
import io.github.multilabel.training.TrainingEnd;
import io.github.multilabel.training.TrainingListener;
import io.github.multilabel.training.TrainingResult;
import io.github.multilabel.training.metrics.Evaluation;
import io.github.multilabel.training.report.CsvLog;
import io.github.multilabel.training.report.LearningCurves;
import io.github.multilabel.training.report.LearningRatePlot;
import io.github.multilabel.training.report.MetricsJson;
import io.github.multilabel.training.report.TensorBoardLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * What a training leaves: metrics.json, learning-curves.png and the model at its end; steps.csv, history.csv, logs for
 * TensorBoard and checkpoints while it runs. The last checkpoints stay, so that it can go on with more epochs.
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

    Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    /** Writes steps.csv and history.csv. */
    TrainingListener rows() {
        return new CsvLog(folder);
    }

    TrainingListener tensorBoard() {
        return new TensorBoardLog(folder.resolve("tensorboard"));
    }

    /**
     * Trains, writes what came of it, and tells the user.
     *
     * @return the exit code: 0 if the training came to its end; as {@link StopSignals#exitCode} if it was stopped
     */
    int train(MultiLabelTrainer trainer, MultiLabelDataset train, MultiLabelDataset validation) throws IOException {
        TrainingResult result;
        try (StopSignals signals =
                new StopSignals("training stops after this batch and saves a checkpoint", trainer::stop)) {
            result = trainer.fit(train, validation);
            if (result.end() == TrainingEnd.STOPPED) {
                System.out.println("stopped; the same command with --resume goes on from " + checkpoints());
                return signals.exitCode();
            }
        }
        write(trainer, result, train.size() - train.leftOut().size(), validation);
        return 0;
    }

    /**
     * Looks for a learning rate, draws what came of it, and tells the user.
     *
     * @return the exit code: 0 if a rate is suggested, 1 if none is; as {@link StopSignals#exitCode} if it was stopped
     */
    int findLearningRate(MultiLabelTrainer trainer, MultiLabelDataset train) throws IOException {
        LearningRateRange range;
        try (StopSignals signals = new StopSignals("the test stops after this batch", trainer::stop)) {
            range = trainer.findLearningRate(train);
            if (!range.complete()) {
                System.out.println(range);
                return signals.exitCode();
            }
        }
        System.out.println(range);
        LearningRatePlot.write(folder.resolve("learning-rate.png"), range);
        System.out.println("learning-rate.png is in " + folder);
        return range.suggestion().isPresent() ? 0 : 1;
    }

    private void write(MultiLabelTrainer trainer, TrainingResult result, int images, MultiLabelDataset validation)
            throws IOException {
        Evaluation evaluation = trainer.model().isFlip() // epochs are judged without mirror images
                ? trainer.evaluate(validation)
                : result.best().validation().orElseThrow();
        trainer.model().save(model());
        MetricsJson.write(folder.resolve("metrics.json"), evaluation, OptionalLong.of(images));
        LearningCurves.write(folder.resolve("learning-curves.png"), result.history());
        System.out.println(evaluation.table());
        System.out.println("metrics.json, history.csv, learning-curves.png and model/ are in " + folder
                + "; checkpoints/ there serves to go on with more --epochs by --resume, and may be deleted");
    }
}
