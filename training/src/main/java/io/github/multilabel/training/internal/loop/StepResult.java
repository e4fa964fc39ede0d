package io.github.multilabel.training.internal.loop;

import java.util.Map;

/**
 * What one step found.
 *
 * @param loss the weighted sum of the heads' losses
 * @param losses by head, in the order of the heads; NaN where the batch had no label
 * @param outcome what became of it
 */
record StepResult(double loss, Map<String, Double> losses, Outcome outcome) {

    enum Outcome {
        /** The model has learned. */
        LEARNED,
        /** Not one label: there was nothing to learn from. */
        UNLABELLED,
        /** The scaled gradient was beyond float16: the model is as it was before, and the scale is smaller. */
        OVERFLOWED,
        /** Loss or gradient was not finite: the model is as it was before. */
        NOT_FINITE
    }

    boolean isSkipped() {
        return outcome == Outcome.OVERFLOWED || outcome == Outcome.NOT_FINITE;
    }
}
