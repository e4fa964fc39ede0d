package io.github.multilabel.evaluation.metrics;

import io.github.multilabel.evaluation.internal.counts.HeadCounts;

/**
 * How well one category of a head is recognised.
 *
 * @param category its name
 * @param precision the share of its predictions that are right, 0..1; NaN if it was never predicted
 * @param recall the share of its images that were found, 0..1; NaN if it has none
 * @param f1 the harmonic mean {@code 2 TP / (2 TP + FP + FN)}, 0..1; NaN if it neither has images nor was predicted
 * @param support the labelled images that have it
 * @param predicted the labelled images for which it was predicted
 * @param truePositives the labelled images that have it and for which it was predicted
 */
public record CategoryMetrics(
        String category, double precision, double recall, double f1, long support, long predicted, long truePositives) {

    static CategoryMetrics of(String category, HeadCounts.Tag counts) {
        return of(category, counts.truePositives(), counts.support(), counts.predicted());
    }

    static CategoryMetrics of(String category, long truePositives, long support, long predicted) {
        return new CategoryMetrics(
                category,
                ratio(truePositives, predicted),
                ratio(truePositives, support),
                ratio(2 * truePositives, support + predicted),
                support,
                predicted,
                truePositives);
    }

    /** The same of a model that did not answer every image: nothing that is made of answers is known. */
    CategoryMetrics undefined() {
        return new CategoryMetrics(category, Double.NaN, Double.NaN, Double.NaN, support, predicted, truePositives);
    }

    /** Whether it has images or was predicted, and so counts in macro averages. */
    public boolean occurs() {
        return support > 0 || predicted > 0;
    }

    static double ratio(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }
}
