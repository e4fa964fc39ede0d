package io.github.multilabel.model.combination;

import java.util.Arrays;
import java.util.List;

/**
 * Whole combinations, as often as they came. What was never seen is a product over the heads, so the best of all is
 * either one of those that were seen or the best of a product.
 */
final class FullPrior implements Prior {

    /** Ascending by their categories. */
    private final int[][] seen;

    private final int[] counts;
    private final Smoothing smoothing;
    private final TreePrior independent;
    private final int heads;
    /** Where the categories of each head begin if those of all heads lie one after the other. */
    private final int[] offsets;
    /** By combination and head the place of its category. */
    private final int[] places;

    private final double[] logCounts;
    /** By combination the logarithm of its count and of what is added to it. */
    private final double[] logs;

    /**
     * Of combinations that were seen.
     *
     * @param marginals the probabilities of the categories, by head
     * @param seen ascending by their categories
     * @param counts of each, at least 1
     */
    FullPrior(double[][] marginals, int[][] seen, int[] counts) {
        this.seen = seen;
        this.counts = counts;
        smoothing = Smoothing.of(counts);
        independent = TreePrior.independent(marginals);
        heads = marginals.length;
        offsets = new int[heads + 1];
        for (int head = 0; head < heads; head++) {
            offsets[head + 1] = offsets[head] + marginals[head].length;
        }
        places = new int[seen.length * heads];
        logCounts = new double[seen.length];
        logs = new double[seen.length];
        for (int i = 0; i < seen.length; i++) {
            for (int head = 0; head < heads; head++) {
                places[i * heads + head] = offsets[head] + seen[i][head];
            }
            logCounts[i] = Math.log(counts[i]);
            logs[i] = smoothing.log(counts[i], independent.log(seen[i]));
        }
    }

    List<int[]> seen() {
        return List.of(seen);
    }

    int count(int combination) {
        return counts[combination];
    }

    long rows() {
        return smoothing.rows();
    }

    /** What the counts are worth for all their rows, see {@link Smoothing#gain}. */
    double gain() {
        double gain = 0;
        for (int i = 0; i < seen.length; i++) {
            gain += smoothing.gain(counts[i], independent.log(seen[i]));
        }
        return gain;
    }

    @Override
    public double[][] marginals() {
        double[][] marginals = independent.marginals();
        for (int head = 0; head < heads; head++) {
            double[] sums = marginals[head];
            for (int category = 0; category < sums.length; category++) {
                sums[category] *= smoothing.weight();
            }
            for (int i = 0; i < seen.length; i++) {
                sums[seen[i][head]] += counts[i];
            }
            for (int category = 0; category < sums.length; category++) {
                sums[category] /= smoothing.rows() + smoothing.weight();
            }
        }
        return marginals;
    }

    private int indexOf(int[] categories) {
        return Arrays.binarySearch(seen, categories, Arrays::compare);
    }

    @Override
    public boolean isSeen(int[] categories) {
        return indexOf(categories) >= 0;
    }

    @Override
    public double log(int[] categories) {
        int index = indexOf(categories);
        return smoothing.log(index < 0 ? 0 : counts[index], independent.log(categories));
    }

    /** By combination that was seen the sum of the evidence of its categories. */
    private double[] sums(double[][] evidence) {
        double[] flat = new double[offsets[heads]];
        for (int head = 0; head < heads; head++) {
            System.arraycopy(evidence[head], 0, flat, offsets[head], evidence[head].length);
        }
        double[] sums = new double[seen.length];
        for (int i = 0, at = 0; i < sums.length; i++) {
            double sum = 0;
            for (int end = at + heads; at < end; at++) {
                sum += flat[places[at]];
            }
            sums[i] = sum;
        }
        return sums;
    }

    @Override
    public double logTotal(double[][] evidence) {
        double[] terms = Arrays.copyOf(sums(evidence), seen.length + 1);
        for (int i = 0; i < seen.length; i++) {
            terms[i] += logCounts[i];
        }
        terms[seen.length] = Math.log(smoothing.weight()) + independent.logTotal(evidence);
        return TreePrior.logSum(terms);
    }

    @Override
    public Solution best(double[][] evidence, Constraints constraints) {
        double[] sums = sums(evidence);
        Solution best = Solution.NONE;
        for (int i = 0; i < sums.length; i++) {
            double score = sums[i] + logs[i];
            if (score > best.score() && constraints.allow(seen[i])) {
                best = new Solution(score, seen[i]);
            }
        }
        double logWeight = Math.log(smoothing.weight());
        Solution product = new Search(independent, evidence, constraints, best.score() - logWeight).best();
        return product.isNone() ? best : new Solution(product.score() + logWeight, product.categories());
    }
}
