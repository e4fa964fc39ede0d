package io.github.multilabel.training.event;

/**
 * A training that cannot end as a success: no step was made, a head got no gradient, a loss or the weights that would
 * be kept are not finite, the loss has grown beyond all measure, or the number that chooses the best epoch is not
 * defined. The message has what happened, when, at which learning rate, and what to do.
 *
 * <p>Checkpoints of before stay as they are, the last of them with finite weights; so does every saved model. The model
 * of the trainer has the weights of the last step.
 */
public final class TrainingDivergedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** @param message what is not finite since when, and what to try */
    public TrainingDivergedException(String message) {
        super(message);
    }
}
