package io.github.multilabel.model.prediction;

import java.time.Duration;

/**
 * Told what a predictor does, for metrics. Both methods are called by the threads that predict, several at once, and
 * delay them: count, and return. What they throw, the call throws.
 */
public interface PredictionListener {

    /** A listener that does nothing. */
    static PredictionListener none() {
        return new PredictionListener() {};
    }

    /**
     * An image was read, decoded and made ready for the model, or could not be.
     *
     * @param time that it took
     */
    default void onDecoded(Duration time) {}

    /**
     * The model has computed.
     *
     * @param images of the batch
     * @param time that it took, without waiting for its turn
     */
    default void onComputed(int images, Duration time) {}
}
