package io.github.multilabel.evaluation.comparison;

import io.github.multilabel.evaluation.scoring.Interval;

/**
 * A metric of A and of B, over the images that both have.
 *
 * @param metric its name, for example {@code brand_accuracy}
 * @param higherIsBetter false of losses and the like
 * @param a its value for A; NaN if it is undefined
 * @param b its value for B; NaN if it is undefined
 * @param difference {@code b - a}, and the bounds between which it could as well have been with other images
 */
public record MetricDifference(String metric, boolean higherIsBetter, double a, double b, Interval difference) {

    /** Whether B is better; {@link Verdict#UNDECIDED} unless the whole interval says so. */
    public Verdict verdict() {
        if (difference.low() > 0) {
            return higherIsBetter ? Verdict.BETTER : Verdict.WORSE;
        }
        if (difference.high() < 0) {
            return higherIsBetter ? Verdict.WORSE : Verdict.BETTER;
        }
        return Verdict.UNDECIDED;
    }
}
