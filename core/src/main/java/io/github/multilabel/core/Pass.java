package io.github.multilabel.core;

import io.github.multilabel.core.image.Preprocessing;
import java.util.Objects;

/**
 * How one pass over a data set is asked for. The same pass over the same data gives the same batches, whatever the
 * number of threads.
 *
 * @param preprocessing the size and crop of the images, and the statistics that normalise them
 * @param training whether to shuffle (if the data set's sampling says so) and to augment; otherwise samples come in
 *     order, only resized
 * @param seed of the order and the augmentation
 * @param epoch the number of the pass from 0; each epoch has an order and augmentation of its own
 */
public record Pass(Preprocessing preprocessing, boolean training, long seed, int epoch) {

    /** Checks that the preprocessing is there. */
    public Pass {
        Objects.requireNonNull(preprocessing, "preprocessing");
    }

    /** Shuffled and augmented. */
    public static Pass training(Preprocessing preprocessing, long seed, int epoch) {
        return new Pass(preprocessing, true, seed, epoch);
    }

    /** In order and without augmentation. */
    public static Pass evaluation(Preprocessing preprocessing) {
        return new Pass(preprocessing, false, 0, 0);
    }
}
