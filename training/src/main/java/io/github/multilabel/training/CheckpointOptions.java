package io.github.multilabel.training;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Where and when a training saves checkpoints, and what it does with those that are there:
 *
 * <pre>{@code
 * builder.optCheckpoints(CheckpointOptions.in(Path.of("checkpoints")).everySteps(500).resume());
 * }</pre>
 *
 * <p>A checkpoint has everything that it takes to go on as if nothing had happened. One is saved after each epoch, and
 * when training is stopped; the last two are kept. If one cannot be written (a full disk), training goes on with an
 * error in the log, and the earlier one stays.
 *
 * <p>While a training runs, no other training may use its folder, in this process or any other. A folder that has a
 * training already, finished or not, is refused without {@link #resume} or {@link #overwrite}. Values are checked by
 * {@link MultiLabelTrainerBuilder#build}. Immutable.
 *
 * @param folder for the checkpoints of this training alone
 * @param steps a checkpoint is saved after so many steps, too, at least 1; empty for the ends of epochs alone
 * @param resumes whether {@code fit} goes on from the newest checkpoint
 * @param overwrites whether {@code fit} replaces a training that is in the folder
 */
public record CheckpointOptions(Path folder, OptionalInt steps, boolean resumes, boolean overwrites) {

    /**
     * Saves checkpoints in a folder.
     *
     * @param folder for the checkpoints of this training alone; it is made if it is missing
     */
    public static CheckpointOptions in(Path folder) {
        return new CheckpointOptions(folder, OptionalInt.empty(), false, false);
    }

    /**
     * Saves a checkpoint after so many steps, too.
     *
     * @param steps at least 1
     */
    public CheckpointOptions everySteps(int steps) {
        return new CheckpointOptions(folder, OptionalInt.of(steps), resumes, overwrites);
    }

    /**
     * Lets {@code fit} go on from the newest checkpoint in the folder, if there is one.
     *
     * <p>Settings that decide the numbers must be as they were, or {@code fit} throws an exception that lists all that
     * differ: heads and their layers, losses, class weights, balancing, mix, backbone and what is frozen of it,
     * preprocessing, seed, optimizer, averaging, batches per step, the metric of the monitor, the labels of the images,
     * and what the data set describes, such as batch size and augmentation. Others may change, with a warning in the
     * log: phases, epochs, learning rates and schedules, precision, device, gradient limit, weights of losses,
     * patience, test-time flip, feature cache, threads and versions. Of a loss, balancing, mix, schedule or data set of
     * your own only what {@code describe()} returns can be compared.
     */
    public CheckpointOptions resume() {
        return new CheckpointOptions(folder, steps, true, overwrites);
    }

    /**
     * Lets {@code fit} replace a training that is in the folder already. The earlier checkpoints are removed when the
     * new training is over. Until then the new ones are in the folder {@code .replacement} there, and a training that
     * was interrupted goes on from them by {@link #resume}, without this option.
     */
    public CheckpointOptions overwrite() {
        return new CheckpointOptions(folder, steps, resumes, true);
    }
}
