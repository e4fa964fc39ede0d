package io.github.multilabel.training.event;

import io.github.multilabel.training.MultiLabelTrainer;

/**
 * Hears of everything that happens in a training:
 *
 * <pre>{@code
 * builder.addTrainingListener(event -> {
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
}
