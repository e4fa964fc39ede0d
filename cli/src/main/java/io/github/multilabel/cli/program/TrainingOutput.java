package io.github.multilabel.cli.program;

import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.internal.files.FileFailure;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.evaluation.MetricsJson;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.report.Thumbnails;
import io.github.multilabel.evaluation.scoring.Bootstrap;
import io.github.multilabel.evaluation.scoring.PredictionMetrics;
import io.github.multilabel.evaluation.sheet.PredictionSheet;
import io.github.multilabel.evaluation.sheet.PredictionsCsv;
import io.github.multilabel.model.ModelAnswers;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.training.MultiLabelTrainer;
import io.github.multilabel.training.event.LearningRateFinderResult;
import io.github.multilabel.training.event.StopReason;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.event.TrainingListener;
import io.github.multilabel.training.event.TrainingResult;
import io.github.multilabel.training.report.CsvLog;
import io.github.multilabel.training.report.LearningCurves;
import io.github.multilabel.training.report.LearningRatePlot;
import io.github.multilabel.training.report.TensorBoardLog;
import io.github.multilabel.training.schedule.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a training leaves: run.json, which says what it was; metrics.json, learning-curves.png, validation-samples.png
 * and the model at its end; split.csv, steps.csv, history.csv, logs for TensorBoard and checkpoints while it runs. The
 * last checkpoints stay, so that it can go on with more epochs.
 */
public final class TrainingOutput implements AutoCloseable {

    /** Images on the sheet of validation images. */
    private static final int SAMPLES = 24;

    private final RunFolder run;
    private final boolean allProbabilities;
    private boolean isLastCheckpointThere = true;
    private Description description = (file, timed) -> {};
    private Optional<TrainingEvent.TimePlanned> timed = Optional.empty();
    private boolean isBegun;
    /** What to write into split.csv when the training begins. */
    private Optional<ImageTable> drawn = Optional.empty();

    private FirstCheckpoint onCheckpoint = () -> {};

    /** What is done when a checkpoint is there. */
    @FunctionalInterface
    public interface FirstCheckpoint {
        /** Does it; where there are more checkpoints, again. */
        void saved() throws IOException;
    }

    /** What the training is. */
    @FunctionalInterface
    interface Description {
        /**
         * Writes it into a file, whose folder is there.
         *
         * @param timed what there is time for, if that is limited
         */
        void writeTo(Path file, Optional<TrainingEvent.TimePlanned> timed) throws IOException;
    }

    /**
     * Writes into a folder, which is closed with this.
     *
     * @param allProbabilities whether predictions.csv has the probability of every category
     */
    TrainingOutput(RunFolder run, boolean allProbabilities) {
        this.run = run;
        this.allProbabilities = allProbabilities;
    }

    Path checkpoints() {
        return run.of(RunFolder.CHECKPOINTS);
    }

    /** Writes steps.csv and history.csv. */
    TrainingListener rows() {
        return new CsvLog(run.place());
    }

    /**
     * The table as the training in the folder split it, which split.csv keeps: a split that is drawn again after a
     * label was corrected would put other images into validation. A training writes its own when it begins.
     *
     * @throws IOException if split.csv cannot be read, or has other rows than the table
     */
    public ImageTable split(ImageTable table) throws IOException {
        if (!run.isOfTraining()) {
            return table;
        }
        Path file = run.of(RunFolder.SPLIT);
        if (run.isResumed() && Files.exists(file)) {
            return table.split(file);
        }
        drawn = Optional.of(table);
        return table;
    }

    /** Has something done when the training can be resumed, or is complete. */
    public void onCheckpoint(FirstCheckpoint action) {
        onCheckpoint = action;
    }

    /** Whether an earlier training in the folder may go on. */
    boolean isResumed() {
        return run.isResumed();
    }

    TrainingListener tensorBoard() {
        return new TensorBoardLog(run.of(RunFolder.TENSOR_BOARD));
    }

    /** Writes what the training is once it has begun, and knows whether the weights are safe in a checkpoint. */
    TrainingListener watch() {
        return event -> {
            if (event instanceof TrainingEvent.TimePlanned planned) {
                timed = Optional.of(planned);
                if (isBegun) { // a warning says why it is not what was planned
                    Decoration.isMade(StartedTraining.FILE, () -> description.writeTo(file(), timed));
                } else {
                    System.out.println(planned.text());
                }
            } else if (event instanceof TrainingEvent.Started) {
                isBegun = true;
                begin();
            } else if (event instanceof TrainingEvent.CheckpointSaved) {
                isLastCheckpointThere = true;
                try {
                    onCheckpoint.saved();
                } catch (IOException e) {
                    throw new UncheckedIOException(FileFailure.message(e), e);
                }
            } else if (event instanceof TrainingEvent.CheckpointFailed) {
                isLastCheckpointThere = false;
            }
        };
    }

    /** Not before: a training that is refused leaves no file, and those of an earlier one alone. */
    private void begin() {
        try {
            if (drawn.isPresent()) {
                drawn.get().writeSplit(run.of(RunFolder.SPLIT));
            }
            description.writeTo(file(), timed);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the description of the training cannot be written to " + run.place() + ": "
                            + FileFailure.message(e),
                    e);
        }
    }

    private Path file() {
        return run.of(StartedTraining.FILE);
    }

    /**
     * Trains a model, prints its evaluation, and writes the files.
     *
     * @param description is written when the training begins
     * @return the exit code: 0 if the training came to its end; as {@link StopSignals#exitCode} if it was stopped
     */
    int train(MultiLabelTrainer trainer, MultiLabelDataset train, MultiLabelDataset validation, Description description)
            throws IOException {
        this.description = description;
        try (StopSignals signals =
                new StopSignals("training stops after this batch and saves a checkpoint", trainer::stop)) {
            TrainingResult result = trainer.fit(train, validation);
            if (result.stopReason() == StopReason.STOPPED) {
                System.out.println("stopped; the same command with " + resume() + " goes on from " + checkpoints());
                return signals.exitCode();
            }
            trainer.answerLines().forEach(System.out::println);
            if (result.stopReason() == StopReason.TIME_LIMIT) {
                System.out.println("the time is over after " + result.history().size() + " of "
                        + timed.orElseThrow().phases().stream()
                                .mapToInt(Phase::epochs)
                                .sum() + " epochs");
            }
            try (StopSignals writing = new StopSignals(
                    "the results are written first, and then it ends; if they are cut short, the same command with "
                            + resume() + " writes them",
                    () -> {})) {
                write(trainer, result, train.size() - train.leftOut().size(), validation);
            }
        }
        return 0;
    }

    /**
     * Looks for a learning rate, prints the suggestion, and draws the curve.
     *
     * @return the exit code: 0 if a rate is suggested, 1 if none is; as {@link StopSignals#exitCode} if it was stopped
     */
    int findLearningRate(MultiLabelTrainer trainer, MultiLabelDataset train) throws IOException {
        LearningRateFinderResult range;
        try (StopSignals signals = new StopSignals("the test stops after this batch", trainer::stop)) {
            range = trainer.findLearningRate(train);
            if (!range.complete()) {
                System.out.println(range);
                return signals.exitCode();
            }
        }
        System.out.println(range);
        if (Decoration.isMade("learning-rate.png", () -> LearningRatePlot.write(run.of("learning-rate.png"), range))) {
            System.out.println("learning-rate.png is in " + run.folder());
        }
        return range.suggestion().isPresent() ? 0 : 1;
    }

    private void write(MultiLabelTrainer trainer, TrainingResult result, int images, MultiLabelDataset validation)
            throws IOException {
        PredictionSheet sheet = new PredictionSheet(SAMPLES);
        Predictions predictions = sheet.predict(trainer.model(), validation);
        PredictionMetrics metrics = PredictionMetrics.of(predictions, Bootstrap.seeded(0));
        System.out.println("the model has the weights of epoch " + result.bestEpoch() + " of "
                + result.history().size() + ", the best by "
                + trainer.settings().control().monitor());
        System.out.println(metrics.evaluation().table());
        save(trainer.model());
        write(RunFolder.METRICS, () -> MetricsJson.write(run.of(RunFolder.METRICS), metrics, OptionalLong.of(images)));
        boolean isTable = Decoration.isMade(RunFolder.PREDICTIONS, () -> {
            predictions.write(run.of(RunFolder.LOGITS));
            PredictionsCsv.write(
                    run.of(RunFolder.PREDICTIONS), predictions, ModelAnswers.of(trainer.model()), allProbabilities);
        });
        boolean isReported = Decoration.isMade(ReportOutput.FILE, () -> writeReport(trainer, predictions, metrics));
        boolean isDrawn = Decoration.isMade(
                RunFolder.CURVES, () -> LearningCurves.write(run.of(RunFolder.CURVES), result.history()));
        boolean isShown = Decoration.isMade(RunFolder.SAMPLES, () -> sheet.write(run.of(RunFolder.SAMPLES)));
        write("what replaces the earlier training", run::complete);
        onCheckpoint.saved();
        System.out.println(
                "metrics.json, history.csv" + (isTable ? ", " + RunFolder.PREDICTIONS + ", " + RunFolder.LOGITS : "")
                        + (isReported ? ", " + ReportOutput.FILE : "")
                        + (isDrawn ? ", " + RunFolder.CURVES : "")
                        + (isShown ? ", " + RunFolder.SAMPLES : "")
                        + " and model/ are in " + run.folder()
                        + "; checkpoints/ there serves to go on with more --epochs by --resume, and may be deleted");
    }

    private void writeReport(MultiLabelTrainer trainer, Predictions predictions, PredictionMetrics metrics)
            throws IOException {
        Path name = run.folder().toAbsolutePath().normalize().getFileName();
        ReportOutput.write(
                run.of(ReportOutput.FILE),
                trainer.report(predictions).optTitle(String.valueOf(name)).optMetrics(metrics),
                predictions,
                Thumbnails::file,
                Optional.of(trainer.model()));
    }

    private String resume() {
        return run.isReplacement() ? "--resume in place of --overwrite" : "--resume";
    }

    private void save(MultiLabelModel model) throws IOException {
        try {
            write("the model", () -> model.save(run.of(RunFolder.MODEL)));
        } catch (IOException e) {
            if (!isLastCheckpointThere) {
                Path elsewhere = Files.createTempDirectory("multilabel").resolve(RunFolder.MODEL);
                model.save(elsewhere);
                throw new IOException(
                        e.getMessage() + "; nor could its checkpoint be, so the model is in " + elsewhere, e);
            }
            throw e;
        }
    }

    private void write(String what, Decoration.Work work) throws IOException {
        try {
            work.run();
        } catch (IOException e) {
            throw new IOException(
                    what + " cannot be written to " + run.place() + ": " + FileFailure.message(e)
                            + (isLastCheckpointThere
                                    ? "; everything is in the last checkpoint: make room, and the same command with "
                                            + resume() + " writes it"
                                    : ""),
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        run.close();
    }
}
