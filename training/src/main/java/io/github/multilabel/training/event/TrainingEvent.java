package io.github.multilabel.training.event;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.training.schedule.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Something that happened in a training, as finished values: safe to keep, nothing to close. */
public sealed interface TrainingEvent {

    /**
     * The training begins, or goes on from a checkpoint.
     *
     * @param heads of the model
     * @param epochs that will be over at its end
     * @param step how many steps were made before, 0 unless resumed
     * @param history of the epochs that were over before, empty unless resumed
     */
    record Started(HeadSet heads, int epochs, long step, List<EpochReport> history) implements TrainingEvent {
        /** Copies the list. */
        public Started {
            history = List.copyOf(history);
        }
    }

    /**
     * A time limit has room for these phases, or the training goes on with them; published before {@link Started}, and
     * once more before {@link Ended} if they were not whole although there had seemed to be time for that.
     *
     * @param limit how long the training may take
     * @param phases what it does in that time
     * @param isWhole whether their epochs are whole, so that a training of these phases without a limit gives the same
     * @param text for people, with what was measured or why they were not whole
     */
    record TimePlanned(Duration limit, List<Phase> phases, boolean isWhole, String text) implements TrainingEvent {
        /** Copies the list. */
        public TimePlanned {
            phases = List.copyOf(phases);
        }
    }

    /**
     * A phase begins, or goes on.
     *
     * @param epoch the number of the epoch from 1
     * @param phase a text for people, about what learns
     */
    record PhaseStarted(int epoch, String phase) implements TrainingEvent {}

    /**
     * A batch was learned, or skipped because its loss or gradient was not finite.
     *
     * @param epoch its number from 1
     * @param batch its number in the epoch from 1
     * @param batches of the epoch
     * @param step its number in the whole training from 1
     * @param images of the batch
     * @param learningRate of the step
     * @param loss the weighted sum of the heads' losses
     * @param losses by head, in the order of the heads; NaN where the batch had no label
     * @param skipped whether the model is as it was before
     */
    record StepDone(
            int epoch,
            int batch,
            int batches,
            long step,
            int images,
            double learningRate,
            double loss,
            Map<String, Double> losses,
            boolean skipped)
            implements TrainingEvent {
        /** Copies the map. */
        public StepDone {
            losses = Collections.unmodifiableMap(new LinkedHashMap<>(losses));
        }
    }

    /**
     * An epoch is over, evaluated, and saved if checkpoints are wanted, so that an exception of a listener does not
     * lose it.
     *
     * @param report what it did
     * @param step how many steps were made so far
     * @param best whether it is better than all before
     */
    record EpochDone(EpochReport report, long step, boolean best) implements TrainingEvent {}

    /**
     * A checkpoint is whole and on the disk.
     *
     * @param path its folder
     * @param step how many steps were made
     */
    record CheckpointSaved(Path path, long step) implements TrainingEvent {}

    /**
     * A checkpoint could not be written; the earlier ones are as they were, and the training goes on.
     *
     * @param folder where it should have gone
     * @param step how many steps were made
     * @param cause such as a full disk
     */
    record CheckpointFailed(Path folder, long step, IOException cause) implements TrainingEvent {}

    /**
     * The training is over, and the model has its final weights.
     *
     * @param result what {@code fit} will return
     */
    record Ended(TrainingResult result) implements TrainingEvent {}
}
