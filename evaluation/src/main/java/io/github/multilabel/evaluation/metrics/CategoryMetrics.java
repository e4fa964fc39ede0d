package io.github.multilabel.evaluation.metrics;

import io.github.multilabel.evaluation.internal.counts.HeadCounts;

/**
 * Precision, recall and F1 score of one category of a head, from its true positives (TP), false positives (FP) and
 * false negatives (FN) over the labelled images. The values equal those of scikit-learn's
 * {@code precision_recall_fscore_support(y_true, y_pred, average=None, zero_division=nan)}.
 *
 * @param category the name of the category
 * @param precision {@code TP / (TP + FP)}, 0..1; NaN if the category was never predicted
 * @param recall {@code TP / (TP + FN)}, 0..1; NaN if no image has the category
 * @param f1 {@code 2 TP / (2 TP + FP + FN)}, 0..1; NaN if no image has the category and it was never predicted
 * @param support the number of labelled images that have the category, {@code TP + FN}
 * @param predicted the number of labelled images for which it was predicted, {@code TP + FP}
 * @param truePositives the number of labelled images that have it and for which it was predicted
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

    /** The metrics of a head with logits that are not finite: only the counts are known. */
    CategoryMetrics undefined() {
        return new CategoryMetrics(category, Double.NaN, Double.NaN, Double.NaN, support, predicted, truePositives);
    }

    /** The number of labelled images that do not have it and for which it was predicted. */
    public long falsePositives() {
        return predicted - truePositives;
    }

    /** The number of labelled images that have it and for which it was not predicted. */
    public long falseNegatives() {
        return support - truePositives;
    }

    /** Returns whether the category has images or was predicted, and so counts in macro averages. */
    public boolean occurs() {
        return support > 0 || predicted > 0;
    }

    static double ratio(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }
}
