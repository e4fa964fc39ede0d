package io.github.multilabel.examples.program;

import io.github.multilabel.training.CheckpointOptions;
import io.github.multilabel.training.MultiLabelTrainerBuilder;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that say when a training ends, which epoch counts, and what is kept for going on with it. */
final class ControlOptions {

    @Option(
            names = "--checkpoint-every",
            paramLabel = "STEPS",
            description = "saves a checkpoint into the folder checkpoints of --output after so many steps, too, and not"
                    + " only after each epoch")
    private Integer checkpointEvery;

    @Option(
            names = "--resume",
            description =
                    "goes on from the newest checkpoint in --output, as if nothing had happened; where nothing is,"
                            + " training starts at its beginning")
    private boolean resume;

    @Option(
            names = "--overwrite",
            description = "replaces a training that is in --output already, when the new one is complete; until then"
                    + " the old one stays. Without it, such a folder is refused")
    private boolean overwrite;

    @Option(
            names = "--monitor",
            paramLabel = "METRIC",
            description = "the number that tells which epoch's weights are saved: loss, mean_accuracy, exact_match, or"
                    + " of a head brand.loss, brand.accuracy, brand.macro_f1; of the training photos with training."
                    + " before it (default: mean_accuracy)")
    private String bestBy;

    @Option(
            names = "--early-stopping",
            paramLabel = "EPOCHS",
            description = "ends the training after so many epochs in a row without a better one (default: off)")
    private Integer patience;

    /** Takes a folder for the training. */
    RunFolder take(Path folder) throws IOException {
        return RunFolder.take(folder, resume, overwrite);
    }

    /** Tells a trainer of these options, and where its files go. */
    void applyTo(MultiLabelTrainerBuilder builder, TrainingOutput output) {
        CheckpointOptions checkpoints = CheckpointOptions.in(output.checkpoints());
        if (checkpointEvery != null) {
            checkpoints = checkpoints.everySteps(checkpointEvery);
        }
        if (resume) {
            checkpoints = checkpoints.resume();
        }
        builder.optCheckpoints(checkpoints)
                .addListener(output.rows())
                .addListener(output.tensorBoard())
                .addListener(output.watch());
        if (bestBy != null) {
            builder.optMonitor(bestBy);
        }
        if (patience != null) {
            builder.optEarlyStopping(patience);
        }
    }
}
