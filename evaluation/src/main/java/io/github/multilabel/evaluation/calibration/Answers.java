package io.github.multilabel.evaluation.calibration;

import io.github.multilabel.core.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What is asked of arrays of answers, and how they are halved. */
final class Answers {

    private Answers() {}

    static void require(double[] probabilities, boolean[] right) {
        if (probabilities.length != right.length) {
            throw new IllegalArgumentException(probabilities.length + " probabilities for " + right.length
                    + " answers: there must be as many of both");
        }
        for (double probability : probabilities) {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("the probability " + probability + " must be a number from 0 to 1");
            }
        }
    }

    static void require(float[][] logits, int[] labels) {
        requireRows(logits, labels.length);
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < Labels.MISSING || labels[i] >= logits[i].length) {
                throw new IllegalArgumentException("row " + i + " has the label " + labels[i] + ", and "
                        + logits[i].length + " logits: it must be one of 0 to " + (logits[i].length - 1) + ", or "
                        + Labels.MISSING + " if it is missing");
            }
        }
    }

    static void require(float[][] logits, float[][] labels) {
        requireRows(logits, labels.length);
        for (int i = 0; i < labels.length; i++) {
            if (labels[i].length != logits[i].length) {
                throw new IllegalArgumentException("row " + i + " has labels for " + labels[i].length + " tags, and "
                        + logits[i].length + " logits");
            }
        }
    }

    private static void requireRows(float[][] logits, int labels) {
        if (logits.length != labels) {
            throw new IllegalArgumentException(
                    logits.length + " rows of logits for " + labels + " labels: there must be as many of both");
        }
        for (int i = 0; i < logits.length; i++) {
            if (logits[i].length != logits[0].length) {
                throw new IllegalArgumentException(
                        "row " + i + " has " + logits[i].length + " logits, the first has " + logits[0].length);
            }
            for (float logit : logits[i]) {
                if (!Float.isFinite(logit)) {
                    throw new IllegalArgumentException("row " + i + " has the logit " + logit
                            + ": the model's weights are not finite, train it again with a lower learning rate");
                }
            }
        }
    }

    /**
     * Halves rows by what is in them, whatever their order. Equal images mostly come into the same half, since their
     * logits are equal.
     *
     * @return whether each of the rows is of the first half
     */
    static boolean[] firstHalf(float[][] rows) {
        List<Integer> order = new ArrayList<>();
        int[] hashes = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            order.add(i);
            int hash = Arrays.hashCode(rows[i]) * 0x9E3779B1; // spreads, since like rows have like hashes
            hashes[i] = (hash ^ hash >>> 15) * 0x85EBCA6B;
        }
        order.sort(Comparator.<Integer>comparingInt(i -> hashes[i])
                .thenComparing((a, b) -> Arrays.compare(rows[a], rows[b])));
        boolean[] first = new boolean[rows.length];
        for (int place = 0; place < rows.length / 2; place++) {
            first[order.get(place)] = true;
        }
        return first;
    }

    /** The position of the highest, of equal ones the first, as predictions have it. */
    static int best(float[] logits) {
        int best = 0;
        for (int k = 1; k < logits.length; k++) {
            best = logits[k] > logits[best] ? k : best;
        }
        return best;
    }

    /** The probability of the best category at an inverse temperature. */
    static double confidence(float[] logits, double inverse) {
        float highest = logits[best(logits)];
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(inverse * (logit - highest));
        }
        return 1 / sum;
    }

    static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    /** The logarithm of {@code 1 + exp(x)}, which does not overflow. */
    static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
}
