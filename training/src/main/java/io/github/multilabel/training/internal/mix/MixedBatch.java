package io.github.multilabel.training.internal.mix;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.multilabel.evaluation.loss.BatchLoss;
import java.util.function.Function;

/**
 * A batch that may be blended: its images, and both labels of each. Closing it frees what the blending made of them.
 */
public final class MixedBatch implements AutoCloseable {

    private final NDArray image;
    private final NDList own;
    private final NDList others;
    private final double fraction;
    private final NDList made;

    /**
     * A batch.
     *
     * @param others the labels of the other images, not closed with this; the same as {@code own} if nothing is blended
     * @param fraction of the own image
     * @param made what to close
     */
    MixedBatch(NDArray image, NDList own, NDList others, double fraction, NDList made) {
        this.image = image;
        this.own = own;
        this.others = others;
        this.fraction = fraction;
        this.made = made;
    }

    /**
     * A batch of which nothing is blended.
     *
     * @param image not closed with the result
     * @param labels per head
     */
    public static MixedBatch whole(NDArray image, NDList labels) {
        return new MixedBatch(image, labels, labels, 1, new NDList());
    }

    /** (N, 3, H, W) float32, or what stands in its place. */
    public NDArray image() {
        return image;
    }

    /** The labels of the image that has the greater fraction of each blend. */
    public NDList dominantLabels() {
        return fraction < 0.5 ? others : own;
    }

    /**
     * The loss of the batch: that by the own labels and that by the others', by their fractions.
     *
     * @param ofLabels the loss by some labels; asked once if nothing is blended, otherwise twice
     */
    public BatchLoss loss(Function<NDList, BatchLoss> ofLabels) {
        BatchLoss mine = ofLabels.apply(own);
        if (own == others) {
            return mine;
        }
        BatchLoss theirs = ofLabels.apply(others);
        return new BatchLoss(
                between(mine.losses(), theirs.losses()),
                mine.weights(),
                between(mine.total(), theirs.total()),
                between(mine.perHead(), theirs.perHead()));
    }

    private NDArray between(NDArray mine, NDArray theirs) {
        return mine.mul((float) fraction).add(theirs.mul((float) (1 - fraction)));
    }

    @Override
    public void close() {
        made.close();
    }
}
