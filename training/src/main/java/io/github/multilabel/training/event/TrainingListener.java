package io.github.multilabel.training.event;

import io.github.multilabel.training.MultiLabelTrainer;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Listens to everything that happens in a training:
 *
 * <pre>{@code
 * builder.addListener(event -> {
 *     if (event instanceof TrainingEvent.StepDone step && step.loss() > 100) {
 *         log.warn("step {}: {}", step.step(), step.losses());
 *     }
 * });
 * }</pre>
 */
@FunctionalInterface
public interface TrainingListener {

    /**
     * Called on the training thread, between two steps.
     *
     * @param event finished values; safe to keep
     * @throws RuntimeException to end the training: it comes out of {@link MultiLabelTrainer#fit} as it is, and the
     *     model has the weights of the last step
     */
    void on(TrainingEvent event);

    /** A listener to the report of each epoch, which is called when the epoch is over and saved. */
    static TrainingListener onEpoch(Consumer<EpochReport> listener) {
        Objects.requireNonNull(listener, "listener");
        return event -> {
            if (event instanceof TrainingEvent.EpochDone epoch) {
                listener.accept(epoch.report());
            }
        };
    }
}
