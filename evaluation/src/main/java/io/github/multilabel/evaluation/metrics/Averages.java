package io.github.multilabel.evaluation.metrics;

import io.github.multilabel.evaluation.internal.counts.HeadCounts;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Precision, recall and F1 of a head's categories as one number each. An undefined value of a category that occurs
 * counts as 0, as in scikit-learn: never predicting a category must not raise the average.
 *
 * @param precision 0..1, NaN if no category occurs
 * @param recall 0..1, NaN if no category occurs
 * @param f1 0..1, NaN if no category occurs
 * @param categories the number of categories that the average is over
 */
public record Averages(double precision, double recall, double f1, int categories) {

    /** Of a model that did not answer every image. */
    static final Averages UNDEFINED = new Averages(Double.NaN, Double.NaN, Double.NaN, 0);

    static Averages of(HeadCounts.Means means) {
        return new Averages(means.precision(), means.recall(), means.f1(), means.categories());
    }

    HeadCounts.Means means() {
        return new HeadCounts.Means(precision, recall, f1, categories);
    }

    /** Every category that occurs (has images or was predicted) counts alike. */
    static Averages macro(List<CategoryMetrics> categories) {
        return weighted(categories, category -> category.occurs() ? 1 : 0);
    }

    /** Every category counts by its support. */
    static Averages weighted(List<CategoryMetrics> categories) {
        return weighted(categories, CategoryMetrics::support);
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
