package io.github.multilabel.training;

import java.util.Map;

/**
 * What one step found.
 *
 * @param loss the weighted sum of the heads' losses
 * @param losses by head, in the order of the heads; NaN where the batch had no label
 * @param skipped whether loss or gradient was not finite, and the model is as it was before
 */
record StepResult(double loss, Map<String, Double> losses, boolean skipped) {}
