package io.github.multilabel.evaluation.loss;

import ai.djl.ndarray.NDArray;

/**
 * The loss of one head. {@link Losses} has the usual ones. A loss of your own is a lambda that uses DJL's operations or
 * a {@link io.github.multilabel.core.torch.TorchFunction}:
 *
 * <pre>{@code
 * HeadLoss tempered = (logits, labels) -> Losses.crossEntropy().loss(logits.mul(half(logits)), labels);
 *
 * NDArray half(NDArray logits) {
 *     return logits.getManager().create(0.5f);
 * }
 * }</pre>
 *
 * <p><b>Numbers.</b> Between the logits and the loss, calculate with arrays, not with numbers: DJL 0.36 makes an array
 * of a number, as in {@code logits.mul(0.5f)} or {@code logits.minimum(6)}, and frees its memory before the gradient is
 * computed, which is then wrong whenever the garbage collector ran in between. An array that the manager of the logits
 * made lives long enough.
 *
 * <p>Missing labels must add nothing: take the mean over the labelled rows, and return 0 with a gradient of 0, not NaN,
 * for a batch without labels.
 *
 * <p>A loss is called on the thread that trains or evaluates. If several trainers use the same instance, several
 * threads may call it at once.
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
     * @return a scalar float32, the mean over the labelled rows, computed from the logits by operations that have a
     *     gradient; anything else ends the training at its first step with a message that names the head
     */
    NDArray loss(NDArray logits, NDArray labels);

    /**
     * Describes the loss and its settings. Checkpoints keep the description, and a training can only be resumed with a
     * loss of the same description, so override it if your loss has settings.
     */
    default String describe() {
        return "of one's own";
    }
}
