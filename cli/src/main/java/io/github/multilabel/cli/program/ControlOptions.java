package io.github.multilabel.cli.program;

import io.github.multilabel.training.CheckpointOptions;
import io.github.multilabel.training.MultiLabelTrainerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say when a training ends, which epoch is the best, and how it is saved and resumed. */
@Section("Checkpoints and the best epoch")
final class ControlOptions {

    @Option(
            names = "--time-limit",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description =
                    "Ends the training, from its first step to its last validation, within this time, such as 90s,"
                            + " 60m or 1h30m: after some measured steps it"
                            + " chooses how many of the --epochs there is time for, with their validation and a whole schedule of the"
                            + " learning rate. A training that is resumed counts the time that it took before (default: none).")
    private Optional<Duration> timeLimit = Optional.empty();

    @Option(
            names = "--checkpoint-every",
            paramLabel = "STEPS",
            description = "Saves a checkpoint every so many steps, in addition to the end of each epoch (default: only"
                    + " then).")
    private Optional<Integer> checkpointEvery = Optional.empty();

    @Option(
            names = "--resume",
            description = "Continues from the newest checkpoint in --output, with the results of a training that was"
                    + " never interrupted; without a checkpoint, training starts from the beginning, and says so.")
    private boolean resume;

    @Option(
            names = "--overwrite",
            description = "Replaces the training in --output when the new one is complete; without this option, such a"
                    + " folder is refused.")
    private boolean overwrite;

    @Option(
            names = "--monitor",
            paramLabel = "METRIC",
            description = "The metric that chooses the epoch whose weights are saved: loss, mean_accuracy, exact_match,"
                    + " or of a head such as brand: brand_loss, brand_accuracy, brand_macro_f1, of a head that determines others model_full_path; with train_ before it, that"
                    + " of the training images (default: ${DEFAULT-VALUE}).")
    private String monitor = "mean_accuracy";

    @Option(
            names = "--early-stopping",
            paramLabel = "EPOCHS",
            description = "Ends the training after so many epochs in a row without a better one (default: off).")
    private Optional<Integer> patience = Optional.empty();

    @Option(
            names = "--min-delta",
            paramLabel = "DELTA",
            description = "The least change of the metric by which an epoch is better than the best before it, with"
                    + " --early-stopping (default: 0).")
    private Optional<Double> minDelta = Optional.empty();

    /** How many trainings there are. */
    private int trainings = 1;

    /**
     * Checks that a folder is not one that is refused, before a table is read; one that is not there is not made.
     *
     * @param folds of a cross validation; empty for one training
     * @throws InvalidInputException if there is something that is neither resumed nor replaced
     * @throws IOException if it is no folder, or another process has it
     */
    void requireFree(Path folder, Optional<Integer> folds) throws IOException {
        if (!Files.exists(folder) || Files.isDirectory(folder) && (resume || overwrite)) {
            return;
        }
        if (folds.isPresent()) {
            FoldsOutput.take(folder, folds.get(), resume, overwrite).close();
        } else {
            RunFolder.take(folder, resume, overwrite).close();
        }
    }

    boolean isTimeLimited() {
        return timeLimit.isPresent();
    }

    /** Takes a folder for the training. */
    RunFolder take(Path folder) throws IOException {
        return RunFolder.take(folder, resume, overwrite);
    }

    /** Takes a folder for trainings that share the limit of time. */
    FoldsOutput takeFolds(Path folder, int folds) throws IOException {
        trainings = folds;
        return FoldsOutput.take(folder, folds, resume, overwrite);
    }

    /** Sets these options, but for those of files. */
    void applyTo(MultiLabelTrainerBuilder builder) {
        builder.optMonitor(monitor);
        timeLimit.ifPresent(limit -> builder.optTimeLimit(limit.dividedBy(trainings)));
        applyEarlyStopping(builder);
    }

    /** Sets where the files of the training go. */
    void writeTo(TrainingOutput output, MultiLabelTrainerBuilder builder) {
        CheckpointOptions checkpoints = CheckpointOptions.in(output.checkpoints());
        checkpoints = checkpointEvery.map(checkpoints::everySteps).orElse(checkpoints);
        builder.optCheckpoints(resume ? checkpoints.resume() : checkpoints)
                .addListener(output.rows())
                .addListener(output.tensorBoard())
                .addListener(output.watch());
    }

    private void applyEarlyStopping(MultiLabelTrainerBuilder builder) {
        if (minDelta.isPresent() && patience.isEmpty()) {
            throw new InvalidInputException("--min-delta " + minDelta.get() + " needs --early-stopping");
        }
        patience.ifPresent(epochs -> builder.optEarlyStopping(epochs, minDelta.orElse(0.0)));
    }
}
