package io.github.multilabel.training.balance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.evaluation.loss.BatchLoss;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The balance of the heads during one training. Each step is {@link #begin}, then for each of its batches
 * {@link #total} and the backward pass, then, if the step was made, {@link #stepped}; after each epoch
 * {@link #epochEnded}. One thread at a time.
 */
public interface LossBalancer extends AutoCloseable {

    /** A step begins; one that was not made is forgotten. */
    default void begin() {}

    /**
     * What is to be minimised, differentiable with respect to the logits; within a gradient collector.
     *
     * @param loss of the batch
     * @param shared the weight of the last layer that all heads share, or empty if none is trained
     * @return a scalar of the manager of the loss
     */
    NDArray total(BatchLoss loss, Optional<NDArray> shared);

    /**
     * The step was made.
     *
     * @param batches the losses of its batches, in order
     */
    default void stepped(List<BatchLoss.Values> batches) {}

    /** All batches of an epoch are over. */
    default void epochEnded() {}

    /** What each head counts now beside its fixed weight. */
    List<Double> weights();

    /** What the optimizer is to learn together with the model, by name; live arrays that require a gradient. */
    default Map<String, NDArray> trained() {
        return Map.of();
    }

    /**
     * A copy of all that a resumed training needs, by names that begin with {@code balance.}; empty if there is
     * nothing.
     *
     * @param manager will own the arrays
     */
    default Map<String, NDArray> state(NDManager manager) {
        return Map.of();
    }

    /**
     * Takes over a state that {@link #state} gave earlier, of the same balance and heads; copies the values.
     *
     * @throws IllegalArgumentException if an array is missing or has another size; nothing is changed then
     */
    default void restore(Map<String, NDArray> saved) {}

    /** Frees the state. */
    @Override
    default void close() {}
}
