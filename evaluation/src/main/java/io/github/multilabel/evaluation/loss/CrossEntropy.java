package io.github.multilabel.evaluation.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.List;

/**
 * The loss of a single-label head: {@code -log softmax(logits)[label]}, as PyTorch's {@code cross_entropy} with
 * {@code ignore_index=-1}, except that a batch without labels gives 0 where PyTorch gives NaN. A building block for a
 * {@link HeadLoss} of one's own; the trainer computes the same for all heads at once.
 */
public final class CrossEntropy {

    private CrossEntropy() {}

    /**
     * The mean over the labelled rows; a {@link HeadLoss}.
     *
     * @param logits (N, K) float32
     * @param labels (N) int64 in [0, K), -1 where missing
     * @return a scalar, 0 if no row is labelled
     */
    public static NDArray mean(NDArray logits, NDArray labels) {
        NDArray known = labels.gte(0).toType(DataType.FLOAT32, false);
        return weightedMean(logits, labels, known);
    }

    /**
     * The mean over the labelled rows, each weighted by its category: the divisor is the sum of the weights of the
     * labelled rows, as in PyTorch's {@code cross_entropy} with {@code weight}.
     *
     * @param weights one per category, at least 0
     * @throws IllegalArgumentException if a weight is negative or not finite
     */
    public static HeadLoss weighted(List<Double> weights) {
        float[] values = ClassWeights.checked(weights);
        return (logits, labels) -> {
            NDManager manager = logits.getManager();
            NDArray known = labels.gte(0).toType(DataType.FLOAT32, false);
            NDArray weight = manager.create(values).gather(labels.maximum(0), 0);
            return weightedMean(logits, labels, weight.mul(known));
        };
    }

    private static NDArray weightedMean(NDArray logits, NDArray labels, NDArray weights) {
        NDArray label = labels.maximum(0).expandDims(1);
        NDArray surprise = logits.logSoftmax(1).gather(label, 1).squeeze(1).neg();
        NDArray divisor = weights.sum();
        // where nothing is labelled the numerator is exactly 0: any divisor but 0 will do
        return surprise.mul(weights).sum().div(divisor.add(divisor.eq(0)));
    }
}
