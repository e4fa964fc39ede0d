package io.github.multilabel.evaluation.loss;

import ai.djl.ndarray.NDArray;

/**
 * The loss of one head. {@link Losses} has those on offer; bring your own as a lambda, out of DJL's operations or a
 * {@link io.github.multilabel.core.torch.TorchFunction}:
 *
 * <pre>{@code
 * HeadLoss calm = (logits, labels) -> CrossEntropy.mean(logits.mul(0.5f), labels);
 * }</pre>
 *
 * <p>Missing labels must add nothing: the mean is over the labelled rows, and a batch without any gives 0 with a
 * gradient of 0, never NaN.
 *
 * <p>It is called on the thread that trains or evaluates; one that several trainers share may be called by several
 * threads at once.
 */
@FunctionalInterface
public interface HeadLoss {

    /**
     * Computes the loss of a batch, differentiable with respect to the logits.
     *
     * @param logits (N, K) float32, before softmax or sigmoid; not closed here. Put it first in each operation: results
     *     join the manager of the first operand, and this one's is closed after the step
     * @param labels of a single-label head (N) int64 with -1 where missing; of a multi-label head (N, K) float32 of 0
     *     and 1, -1 where missing
     * @return a scalar float32, the mean over the labelled rows, that depends on the logits by operations that have a
     *     gradient; anything else ends the training at its first step with a message that names the head
     */
    NDArray loss(NDArray logits, NDArray labels);

    /**
     * What a checkpoint remembers of it: a training that goes on must have a loss of the same description. One of your
     * own that has settings tells them here.
     */
    default String describe() {
        return "of one's own";
    }
}
