package io.github.multilabel.evaluation.calibration;

import io.github.multilabel.core.Labels;

/**
 * Temperature scaling of a single-label head (Guo et al. 2017, arXiv 1706.04599): its logits are divided by the one
 * number that makes the labels most probable. The best category stays what it is. Safe for many threads.
 */
public final class TemperatureScaling {

    /** Further than this no temperature goes, whatever the labels. */
    public static final double HIGHEST = 20;

    /** Nor lower. */
    public static final double LOWEST = 1 / HIGHEST;

    private static final int MOST_STEPS = 60;

    private TemperatureScaling() {}

    /**
     * The temperature with the smallest mean of the negative logarithms of the labels' probabilities over N labelled
     * images, and of one further image, spread over them, of which nothing is known: with it the temperature does not
     * become 0 where all N answers are right, and of few images it is closer to what is usual. The minimum is the only
     * one, since the loss is convex in the inverse temperature.
     *
     * @param logits (N, K) of one head; not changed
     * @param labels (N) of categories, {@value Labels#MISSING} where missing
     * @return {@link #LOWEST} to {@link #HIGHEST}; 1 where no temperature is better than others: without labelled
     *     images, of one category, and of logits that are all equal
     * @throws IllegalArgumentException if the arrays do not fit each other, or a logit is not finite
     */
    public static double fit(float[][] logits, int[] labels) {
        Answers.require(logits, labels);
        double low = 1 / HIGHEST;
        double high = 1 / LOWEST;
        double inverse = 1;
        if (slope(logits, labels, inverse).first() == 0) {
            return inverse; // also if nothing has a slope
        }
        if (slope(logits, labels, low).first() >= 0) {
            return HIGHEST;
        }
        if (slope(logits, labels, high).first() <= 0) {
            return LOWEST;
        }
        for (int step = 0; step < MOST_STEPS && high > low * (1 + 1e-12); step++) {
            Slope slope = slope(logits, labels, inverse);
            if (slope.first() > 0) {
                high = inverse;
            } else {
                low = inverse;
            }
            double next = inverse - slope.first() / slope.second();
            next = next > low && next < high ? next : Math.sqrt(low * high);
            if (Math.abs(next - inverse) <= 1e-12 * inverse) {
                break;
            }
            inverse = next;
        }
        return 1 / inverse;
    }

    /** The first and second derivative of the summed loss by the inverse temperature. */
    private record Slope(double first, double second) {}

    private static Slope slope(float[][] logits, int[] labels, double inverse) {
        int images = 0;
        for (int label : labels) {
            images += label == Labels.MISSING ? 0 : 1;
        }
        double doubt = 1.0 / (images + 1); // of each image, so much is the further one's
        double first = 0;
        double second = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] == Labels.MISSING) {
                continue;
            }
            float[] row = logits[i];
            float highest = row[Answers.best(row)];
            double sum = 0;
            double mean = 0;
            double square = 0;
            double plain = 0;
            for (float logit : row) {
                double below = (double) logit - highest;
                double weight = Math.exp(inverse * below);
                sum += weight;
                mean += weight * below;
                square += weight * below * below;
                plain += below;
            }
            mean /= sum;
            double label = (double) row[labels[i]] - highest;
            first += mean - (1 - doubt) * label - doubt * plain / row.length;
            second += square / sum - mean * mean;
        }
        return new Slope(first, second);
    }

    /**
     * The mean over the labelled images of the negative logarithm of the label's probability.
     *
     * @param logits (N, K) of one head; not changed
     * @param labels (N) of categories, {@value Labels#MISSING} where missing
     * @param temperature above 0; 1 for the logits as they are
     * @return NaN without labelled images
     * @throws IllegalArgumentException if the arrays do not fit each other, or a logit is not finite
     */
    public static double loss(float[][] logits, int[] labels, double temperature) {
        Answers.require(logits, labels);
        double loss = 0;
        int images = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != Labels.MISSING) {
                loss += loss(logits[i], labels[i], 1 / temperature);
                images++;
            }
        }
        return loss / images; // 0 / 0 is NaN: undefined
    }

    static double loss(float[] logits, int label, double inverse) {
        float highest = logits[Answers.best(logits)];
        return inverse * (highest - (double) logits[label]) - Math.log(Answers.confidence(logits, inverse));
    }
}
