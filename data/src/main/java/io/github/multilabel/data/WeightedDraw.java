package io.github.multilabel.data;

import io.github.multilabel.core.HeadSet;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Draws samples with replacement in proportion to their weights, by halving the interval of the running sums. */
final class WeightedDraw {

    private final double[] sums;

    private final String fingerprint;

    /** @throws IllegalArgumentException unless the weights are finite and not negative, and one is positive */
    WeightedDraw(double[] weights) {
        fingerprint = SampleFingerprints.weights(weights);
        sums = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0 && weights[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "the weight of sample " + i + " is " + weights[i] + ", not a finite number of at least 0");
            }
            sum += weights[i];
            sums[i] = sum;
        }
        if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the weights of the " + weights.length + " samples add up to " + sum
                    + "; at least one must be above 0, and their sum finite");
        }
    }

    /** @throws IllegalArgumentException unless there is a usable weight for each sample */
    static WeightedDraw of(SamplingWeights weights, HeadSet heads, List<Sample> samples) {
        double[] found = weights.of(heads, samples);
        if (found.length != samples.size()) {
            throw new IllegalArgumentException("optWeightedSampling: got " + found.length + " weights for "
                    + samples.size() + " samples; give one to each");
        }
        return new WeightedDraw(found);
    }

    /** A text that is another one if the weights are. */
    String fingerprint() {
        return fingerprint;
    }

    int[] draw(int count, SplittableRandom random) {
        int[] drawn = new int[count];
        for (int i = 0; i < count; i++) {
            drawn[i] = at(random.nextDouble() * sums[sums.length - 1]);
        }
        return drawn;
    }

    /** The first sample whose running sum is above a number, which is never one of weight 0. */
    private int at(double number) {
        double reached = Math.min(number, Math.nextDown(sums[sums.length - 1])); // the product may round up to the sum
        int place = Arrays.binarySearch(sums, Math.nextUp(reached));
        if (place < 0) {
            return -place - 1;
        }
        while (place > 0 && sums[place - 1] == sums[place]) {
            place--; // of equal sums only the first has weight
        }
        return place;
    }
}
