package io.github.multilabel.evaluation.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How often answers are right that were given with about the same probability: where 0.97 is meant, 97 of 100 should
 * be. Answers are put into bins by their probability; those of equal probability are always in the same bin, so that
 * their order does not matter. Immutable.
 *
 * @param bins those with an answer, the least probable first
 */
public record ReliabilityCurve(List<Bin> bins) {

    /** The usual number of bins. */
    public static final int BINS = 15;

    /** Copies the list. */
    public ReliabilityCurve {
        bins = List.copyOf(bins);
    }

    /**
     * Answers of about the same probability.
     *
     * @param answers how many there are
     * @param probability the mean of their probabilities
     * @param right the fraction of them that is right
     */
    public record Bin(int answers, double probability, double right) {

        /** The mean probability less what is right; above 0 where the answers promise too much. */
        public double gap() {
            return probability - right;
        }
    }

    /**
     * Bins of equal width, each with its upper end and without its lower one, as scikit-learn's
     * {@code calibration_curve(strategy="uniform")}.
     *
     * @param probabilities of the answers, in [0, 1]
     * @param right whether each is right
     * @param bins at least 1
     * @throws IllegalArgumentException if a probability is outside its range, the arrays differ in length, or there is
     *     no bin
     */
    public static ReliabilityCurve equalWidth(double[] probabilities, boolean[] right, int bins) {
        double[] ends = new double[requireBins(bins) - 1];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = (double) (i + 1) / bins;
        }
        return of(probabilities, right, ends);
    }

    /**
     * Bins of about equally many answers, between the quantiles of the probabilities, as scikit-learn's
     * {@code calibration_curve(strategy="quantile")}.
     *
     * @param probabilities of the answers, in [0, 1]
     * @param right whether each is right
     * @param bins at least 1
     * @throws IllegalArgumentException if a probability is outside its range, the arrays differ in length, or there is
     *     no bin
     */
    public static ReliabilityCurve equalMass(double[] probabilities, boolean[] right, int bins) {
        double[] sorted = probabilities.clone();
        Arrays.sort(sorted);
        double[] ends = new double[sorted.length == 0 ? 0 : requireBins(bins) - 1];
        for (int i = 0; i < ends.length; i++) {
            double place = (double) (i + 1) / bins * (sorted.length - 1);
            int below = (int) place;
            int above = Math.min(below + 1, sorted.length - 1);
            ends[i] = sorted[below] + (place - below) * (sorted[above] - sorted[below]);
        }
        return of(probabilities, right, ends);
    }

    private static int requireBins(int bins) {
        if (bins < 1) {
            throw new IllegalArgumentException("a curve of " + bins + " bins: at least 1, such as " + BINS);
        }
        return bins;
    }

    /**
     * Puts answers into bins.
     *
     * @param ends ascending, of all bins but the last
     */
    private static ReliabilityCurve of(double[] probabilities, boolean[] right, double[] ends) {
        Answers.require(probabilities, right);
        int[] answers = new int[ends.length + 1];
        int[] rightOnes = new int[answers.length];
        double[][] members = new double[answers.length][];
        int[] binOf = new int[probabilities.length];
        for (int i = 0; i < binOf.length; i++) {
            binOf[i] = bin(probabilities[i], ends);
            answers[binOf[i]]++;
            rightOnes[binOf[i]] += right[i] ? 1 : 0;
        }
        int[] taken = new int[answers.length];
        for (int i = 0; i < binOf.length; i++) {
            int bin = binOf[i];
            members[bin] = members[bin] == null ? new double[answers[bin]] : members[bin];
            members[bin][taken[bin]++] = probabilities[i];
        }
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < answers.length; bin++) {
            if (answers[bin] > 0) {
                Arrays.sort(members[bin]); // the sum is the same whatever the order of the answers
                double mean = Arrays.stream(members[bin]).sum() / answers[bin];
                bins.add(new Bin(answers[bin], mean, (double) rightOnes[bin] / answers[bin]));
            }
        }
        return new ReliabilityCurve(bins);
    }

    /** The number of ends below a probability. */
    private static int bin(double probability, double[] ends) {
        int low = 0;
        int high = ends.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] < probability) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * The expected calibration error: the mean over all answers of how far the mean probability of its bin is from what
     * is right in it (Naeini et al. 2015); NaN without answers. Of few answers it is above 0 by chance alone.
     */
    public double expectedError() {
        double gaps = bins.stream()
                .mapToDouble(bin -> bin.answers() * Math.abs(bin.gap()))
                .sum();
        return gaps / bins.stream().mapToInt(Bin::answers).sum();
    }

    /** The largest distance of a bin; NaN without answers. */
    public double maximumError() {
        return bins.stream().mapToDouble(bin -> Math.abs(bin.gap())).max().orElse(Double.NaN);
    }
}
