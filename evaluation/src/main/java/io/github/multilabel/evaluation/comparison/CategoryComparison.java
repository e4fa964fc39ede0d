package io.github.multilabel.evaluation.comparison;

import io.github.multilabel.evaluation.metrics.CategoryMetrics;

/**
 * A category of a head, of A and of B, over the images that both have.
 *
 * @param a its metrics for A
 * @param b its metrics for B, with the same support
 * @param found whether A and B find it equally often, among the images that have it; undefined if none has
 * @param corrected the p-value of {@code found} after Holm's correction over the categories of the head; NaN if that is
 */
public record CategoryComparison(CategoryMetrics a, CategoryMetrics b, McNemar found, double corrected) {

    /** The name of the category. */
    public String category() {
        return a.category();
    }
}
