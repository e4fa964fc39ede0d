package io.github.multilabel.evaluation.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * The loss of a multi-label head: one yes-or-no question per category, as PyTorch's
 * {@code binary_cross_entropy_with_logits}, with missing labels masked out.
 */
public final class BinaryCrossEntropy {

    private BinaryCrossEntropy() {}

    /**
     * The mean over all categories of the labelled rows; a {@link HeadLoss}. Computed as {@code max(x, 0) - x y + log(1
     * + exp(-|x|))}, which is finite for every finite logit.
     *
     * @param logits (N, K) float32
     * @param labels (N, K) float32 of 0 and 1, -1 where missing
     * @return a scalar, 0 if no row is labelled
     */
    public static NDArray mean(NDArray logits, NDArray labels) {
        NDArray known = labels.gte(0).toType(DataType.FLOAT32, false);
        NDArray loss = logits.maximum(0)
                .sub(logits.mul(labels.maximum(0)))
                .add(logits.abs().neg().exp().add(1).log());
        return loss.mul(known).sum().div(known.sum().maximum(1));
    }
}
