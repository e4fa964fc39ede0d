package io.github.multilabel.evaluation.metrics;

import io.github.multilabel.evaluation.internal.counts.SparseCounts;
import java.util.List;
import java.util.function.ToLongFunction;

/** How far the answers of a single-label head agree with the labels beyond chance, from its confusion matrix. */
final class Agreement {

    private final List<CategoryMetrics> categories;
    private final SparseCounts cells;
    private final boolean isFinite;
    private final long images;

    Agreement(List<CategoryMetrics> categories, SparseCounts cells, long nonFinite) {
        this.categories = categories;
        this.cells = cells;
        isFinite = nonFinite == 0;
        images = sum(CategoryMetrics::support);
    }

    /** Gorodkin 2004, equation 8; counts of up to three thousand million images are exact. */
    double matthews() {
        long right = sum(CategoryMetrics::truePositives);
        long all = images * images;
        double both = right * images - sum(c -> c.support() * c.predicted());
        double labels = all - sum(c -> c.support() * c.support());
        double answers = all - sum(c -> c.predicted() * c.predicted());
        return defined(both / Math.sqrt(labels * answers)); // 0 / 0 is NaN: undefined
    }

    double kappa() {
        double observed = images - sum(CategoryMetrics::truePositives);
        double expected = images * images - sum(c -> c.support() * c.predicted());
        return defined(1 - observed * images / expected);
    }

    double quadraticKappa() {
        int size = categories.size();
        double observed = 0;
        for (int i = 0; i < cells.size(); i++) {
            double distance = cells.cell(i) / size - cells.cell(i) % size;
            observed += distance * distance * cells.count(i);
        }
        double meanLabel = mean(CategoryMetrics::support);
        double meanAnswer = mean(CategoryMetrics::predicted);
        double apart = meanLabel - meanAnswer;
        // of two independent numbers, the mean squared distance; exactly 0 where all are one category
        double expected = variance(CategoryMetrics::support, meanLabel)
                + variance(CategoryMetrics::predicted, meanAnswer)
                + apart * apart;
        return defined(1 - observed / images / expected);
    }

    private double defined(double value) {
        return isFinite && Double.isFinite(value) ? value : Double.NaN;
    }

    private long sum(ToLongFunction<CategoryMetrics> number) {
        return categories.stream().mapToLong(number).sum();
    }

    private double mean(ToLongFunction<CategoryMetrics> number) {
        double sum = 0;
        for (int k = 0; k < categories.size(); k++) {
            sum += (double) k * number.applyAsLong(categories.get(k));
        }
        return sum / images;
    }

    private double variance(ToLongFunction<CategoryMetrics> number, double mean) {
        double sum = 0;
        for (int k = 0; k < categories.size(); k++) {
            sum += (k - mean) * (k - mean) * number.applyAsLong(categories.get(k));
        }
        return sum / images;
    }
}
