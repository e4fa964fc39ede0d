package io.github.multilabel.evaluation.metrics;

import io.github.multilabel.evaluation.internal.counts.HeadCounts;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Precision, recall and F1 score of a head, averaged over its categories.
 *
 * <p>The values equal those of scikit-learn's {@code precision_recall_fscore_support(y_true, y_pred, average=...,
 * zero_division=0)}: a category that occurs, but was never predicted, has an undefined precision and counts as 0 here.
 * Categories that neither have images nor were predicted are left out.
 *
 * @param precision 0..1, NaN if no category occurs
 * @param recall 0..1, NaN if no category occurs
 * @param f1 the average of the categories' F1 scores, 0..1; NaN if no category occurs
 * @param categories the number of categories that are averaged
 * @see HeadMetrics#macro
 * @see HeadMetrics#weighted
 * @see HeadMetrics#micro
 */
public record Averages(double precision, double recall, double f1, int categories) {

    /** The averages of a head with logits that are not finite. */
    static final Averages UNDEFINED = new Averages(Double.NaN, Double.NaN, Double.NaN, 0);

    static Averages of(HeadCounts.Means means) {
        return new Averages(means.precision(), means.recall(), means.f1(), means.categories());
    }

    HeadCounts.Means means() {
        return new HeadCounts.Means(precision, recall, f1, categories);
    }

    /** Every category that occurs, which has images or was predicted, has the same weight. */
    static Averages macro(List<CategoryMetrics> categories) {
        return weighted(categories, category -> category.occurs() ? 1 : 0);
    }

    /** The weight of a category is its support. */
    static Averages weighted(List<CategoryMetrics> categories) {
        return weighted(categories, CategoryMetrics::support);
    }

    /** Over the decisions of all categories together; undefined where there is none to divide by. */
    static Averages micro(List<CategoryMetrics> categories) {
        long right =
                categories.stream().mapToLong(CategoryMetrics::truePositives).sum();
        long support = categories.stream().mapToLong(CategoryMetrics::support).sum();
        long predicted =
                categories.stream().mapToLong(CategoryMetrics::predicted).sum();
        return new Averages(
                CategoryMetrics.ratio(right, predicted),
                CategoryMetrics.ratio(right, support),
                CategoryMetrics.ratio(2 * right, support + predicted),
                (int) categories.stream().filter(CategoryMetrics::occurs).count());
    }

    private static Averages weighted(List<CategoryMetrics> all, ToDoubleFunction<CategoryMetrics> weight) {
        List<CategoryMetrics> counted = all.stream()
                .filter(category -> weight.applyAsDouble(category) > 0)
                .toList();
        return new Averages(
                mean(counted, weight, CategoryMetrics::precision),
                mean(counted, weight, CategoryMetrics::recall),
                mean(counted, weight, CategoryMetrics::f1),
                counted.size());
    }

    private static double mean(
            List<CategoryMetrics> categories,
            ToDoubleFunction<CategoryMetrics> weight,
            ToDoubleFunction<CategoryMetrics> value) {
        double sum = 0;
        double weights = 0;
        for (CategoryMetrics category : categories) {
            double number = value.applyAsDouble(category);
            sum += weight.applyAsDouble(category) * (Double.isNaN(number) ? 0 : number);
            weights += weight.applyAsDouble(category);
        }
        return categories.isEmpty() ? Double.NaN : sum / weights;
    }
}
