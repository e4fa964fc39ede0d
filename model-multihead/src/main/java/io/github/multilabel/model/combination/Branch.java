package io.github.multilabel.model.combination;

import java.util.stream.IntStream;

/**
 * How probable the categories of a head are, given that of another: {@code (n(x, y) + a m(x) m(y)) / (n(x) + a m(x))},
 * see {@link Smoothing}. As every pair that was never seen has a product there, only those that were seen are walked.
 */
final class Branch {

    private final PairTable table;
    private final double weight;
    /** Of each head alone. */
    private final double[] givenMarginal;

    private final double[] marginal;
    private final double[] logMarginal;
    /** By pair that was seen the logarithm of its conditional probability. */
    private final double[] logSeen;
    /** By category that is given: of the conditional probability of what was not seen, without {@code m(y)}. */
    private final double[] logUnseen;
    /** By category that is given the logarithm of {@code n(x) + a m(x)}. */
    private final double[] logRows;

    Branch(PairTable table, double[] givenMarginal, double[] marginal) {
        this.table = table;
        this.givenMarginal = givenMarginal;
        this.marginal = marginal;
        logMarginal = IntStream.range(0, marginal.length)
                .mapToDouble(i -> Math.log(marginal[i]))
                .toArray();
        Smoothing smoothing = table.smoothing();
        weight = smoothing.weight();
        logSeen = new double[table.counts().length];
        logUnseen = new double[givenMarginal.length];
        logRows = new double[givenMarginal.length];
        for (int x = 0; x < givenMarginal.length; x++) {
            long rows = 0;
            for (int i = table.starts()[x]; i < table.starts()[x + 1]; i++) {
                rows += table.counts()[i];
            }
            double left = weight * givenMarginal[x];
            logRows[x] = Math.log(rows + left);
            logUnseen[x] = Math.log(left) - logRows[x];
            for (int i = table.starts()[x]; i < table.starts()[x + 1]; i++) {
                logSeen[i] = Math.log(table.counts()[i] + left * marginal[table.categories()[i]]) - logRows[x];
            }
        }
    }

    PairTable table() {
        return table;
    }

    int given() {
        return table.given();
    }

    /** The logarithm of the probability of a category. */
    double log(int given, int category) {
        int count = table.count(given, category);
        return count == 0
                ? logUnseen[given] + logMarginal[category]
                : Math.log(count + weight * givenMarginal[given] * marginal[category]) - logRows[given];
    }

    /** The probabilities of the categories, if those of what is given are so. */
    double[] probabilities(double[] given) {
        double[] probabilities = new double[marginal.length];
        double unseen = 0;
        for (int x = 0; x < given.length; x++) {
            double each = given[x] / Math.exp(logRows[x]);
            unseen += each * weight * givenMarginal[x];
            for (int i = table.starts()[x]; i < table.starts()[x + 1]; i++) {
                probabilities[table.categories()[i]] += each * table.counts()[i];
            }
        }
        for (int y = 0; y < probabilities.length; y++) {
            probabilities[y] += unseen * marginal[y];
        }
        return probabilities;
    }

    /**
     * Adds to each category that may be given the best of this head with it.
     *
     * @param own what each category of this head is worth
     * @param given is added to
     * @param choice by category that may be given which that is
     */
    void addBest(double[] own, double[] given, int[] choice) {
        int unseen = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int y = 0; y < own.length; y++) {
            double score = own[y] + logMarginal[y];
            if (score > most) {
                most = score;
                unseen = y;
            }
        }
        int[] starts = table.starts();
        int[] categories = table.categories();
        for (int x = 0; x < given.length; x++) {
            double best = logUnseen[x] + most; // one that was seen after all is worth more, and comes next
            int at = unseen;
            for (int i = starts[x]; i < starts[x + 1]; i++) {
                double score = own[categories[i]] + logSeen[i];
                if (score > best) {
                    best = score;
                    at = categories[i];
                }
            }
            given[x] += best;
            choice[x] = at;
        }
    }

    /** Adds to each category that may be given the logarithm of the sum over this head with it. */
    void addTotal(double[] own, double[] given) {
        double most = TreePrior.largest(own);
        double[] weights = new double[own.length];
        double unseen = 0;
        for (int y = 0; y < own.length; y++) {
            weights[y] = Math.exp(own[y] - most);
            unseen += marginal[y] * weights[y];
        }
        int[] starts = table.starts();
        for (int x = 0; x < given.length; x++) {
            double sum = weight * givenMarginal[x] * unseen;
            for (int i = starts[x]; i < starts[x + 1]; i++) {
                sum += table.counts()[i] * weights[table.categories()[i]];
            }
            given[x] += most + Math.log(sum) - logRows[x];
        }
    }
}
