package io.github.multilabel.evaluation.loss;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;

/**
 * The losses of all heads for one batch, still on the device. Whoever balances heads in a way of their own is given one
 * for each batch, which is why it is public; the trainer makes them.
 *
 * @param losses (H), the loss of each head before its head weight, differentiable
 * @param weights (H), what each loss counts: its head weight, times the batch's part in the labels of the step
 * @param total a scalar: the sum of the losses, each times its weight
 * @param perHead (2, H), detached: row 0 the loss of each head before its head weight, row 1 its divisor, the summed
 *     weight of the labels that the loss is a mean of; heads in the order of the model
 */
public record BatchLoss(NDArray losses, NDArray weights, NDArray total, NDArray perHead) {

    /** Brings the numbers to Java: the only wait for the device. */
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
     * The numbers of a batch.
     *
     * @param total the weighted sum
     * @param losses per head, 0 where no label is known
     * @param divisors per head the summed weight of its labels, 0 where no label is known
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, by the loop that asked
    public record Values(double total, double[] losses, double[] divisors) {}
}
