package io.github.multilabel.core;

import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.internal.message.Given;

/**
 * Describes one pass over a data set. The same pass over the same data gives the same batches, whatever the number of
 * threads.
 *
 * @param preprocessing the size and crop of the images, and the statistics that normalise them
 * @param training whether the pass shuffles (if the data set does) and augments; otherwise samples come in order, only
 *     resized
 * @param seed of the order and the augmentation
 * @param epoch the number of the pass from 0; each epoch has an order and augmentation of its own
 * @param firstBatch how many of the first batches to leave out, so that an interrupted pass can go on; 0 for all
 */
public record DataPass(Preprocessing preprocessing, boolean training, long seed, int epoch, int firstBatch) {

    /** Checks that the preprocessing is there and the first batch is not negative. */
    public DataPass {
        Given.require(preprocessing, "preprocessing", "e.g. Preprocessing.imageNet(224)");
        if (firstBatch < 0) {
            throw new IllegalArgumentException("first batch " + firstBatch + ": at least 0");
        }
    }

    /** Shuffled and augmented. */
    public static DataPass training(Preprocessing preprocessing, long seed, int epoch) {
        return new DataPass(preprocessing, true, seed, epoch, 0);
    }

    /** In order and without augmentation. */
    public static DataPass evaluation(Preprocessing preprocessing) {
        return new DataPass(preprocessing, false, 0, 0, 0);
    }

    /**
     * Whether samples make a batch of this pass. None never do; and in training, batch norm of a single image is
     * undefined: one that is left of several joins another batch, or is passed over. A batch that was planned with one
     * is wanted.
     *
     * @param samples that there are, or that can be used
     * @param planned how many there were to be
     */
    public boolean isBatch(int samples, int planned) {
        return samples > 1 || samples == 1 && (planned == 1 || !training);
    }

    /** The rest of this pass, without its first batches; those that come keep their number and content. */
    public DataPass from(int firstBatch) {
        return new DataPass(preprocessing, training, seed, epoch, firstBatch);
    }
}
