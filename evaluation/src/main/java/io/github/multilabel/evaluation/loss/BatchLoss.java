package io.github.multilabel.evaluation.loss;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;

/**
 * The losses of all heads for one batch, on the device. The trainer makes one for each batch, and loss balancing of
 * your own receives it.
 *
 * @param losses (H) float32, the loss of each head before its loss weight, differentiable
 * @param weights (H) float32, the loss weight of each head, times the batch's fraction of the labels of the step
 * @param total a scalar, the sum of the losses times their weights, differentiable
 * @param perHead (2, H) float32, detached: row 0 has the losses, row 1 their divisors, the summed weights of the labels
 *     over which a loss is a mean; heads in the order of the model
 */
public record BatchLoss(NDArray losses, NDArray weights, NDArray total, NDArray perHead) {

    /** Copies the values to Java; waits for the device. */
    public Values read() {
        float[] numbers = perHead.toFloatArray();
        int heads = numbers.length / 2;
        return new Values(total.getFloat(), doubles(numbers, 0, heads), doubles(numbers, heads, numbers.length));
    }

    private static double[] doubles(float[] numbers, int from, int to) {
        double[] part = new double[to - from];
        Arrays.setAll(part, i -> numbers[from + i]);
        return part;
    }

    /**
     * The values of a batch.
     *
     * @param total the weighted sum
     * @param losses per head, 0 where the batch has no label
     * @param divisors per head the summed weight of its labels, 0 where the batch has none
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, by the loop that asked
    public record Values(double total, double[] losses, double[] divisors) {}
}
