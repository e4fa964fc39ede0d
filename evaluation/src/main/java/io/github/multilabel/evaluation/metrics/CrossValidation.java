package io.github.multilabel.evaluation.metrics;

import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.message.NearMatches;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * What the evaluations of several models come to, each trained without another part (a fold) of the same images and
 * evaluated on that: the mean and the standard deviation of every {@link Metric}.
 *
 * <pre>{@code
 * List<Evaluation> folds = new ArrayList<>();
 * for (ImageTable fold : table.folds()) {
 *     try (ImageDataset train = fold.train().build();
 *             ImageDataset validation = fold.validation().build();
 *             MultiLabelTrainer trainer = builder(train.heads()).build()) {
 *         folds.add(trainer.fit(train, validation).best().validation().orElseThrow());
 *     }
 * }
 * System.out.println(CrossValidation.of(folds));
 * }</pre>
 *
 * <p>Immutable; threads may share it.
 */
public final class CrossValidation {

    private final Map<String, List<Double>> values;
    private final int folds;

    private CrossValidation(Map<String, List<Double>> values, int folds) {
        this.values = values;
        this.folds = folds;
    }

    /**
     * Joins the evaluations of all folds.
     *
     * @param folds at least one, of the same heads
     * @throws IllegalArgumentException if there is none, one is null, or their heads differ
     */
    public static CrossValidation of(List<Evaluation> folds) {
        return ofMetrics(given(folds, "the evaluation of each fold").stream()
                .map(evaluation -> {
                    Map<String, Double> metrics = new LinkedHashMap<>();
                    Metric.all(evaluation.headSet())
                            .forEach((name, metric) -> metrics.put(name, metric.of(evaluation)));
                    return metrics;
                })
                .toList());
    }

    private static <T> List<T> given(List<T> folds, String wanted) {
        int number = 1;
        for (T fold : Given.require(folds, "folds", wanted)) {
            Given.require(fold, "folds, number " + number, wanted);
            number++;
        }
        return folds;
    }

    /**
     * Joins the metrics of all folds, such as {@code metrics.json} has them.
     *
     * @param folds at least one; for each, all metrics by name, NaN where they are not defined
     * @throws IllegalArgumentException if there is none, one or a value is null, or their names differ
     */
    public static CrossValidation ofMetrics(List<? extends Map<String, Double>> folds) {
        given(folds, "the metrics of each fold");
        if (folds.isEmpty()) {
            throw new IllegalArgumentException("there are no folds; at least one is needed");
        }
        Map<String, List<Double>> values = new LinkedHashMap<>();
        folds.get(0).keySet().forEach(name -> values.put(name, new ArrayList<>()));
        for (Map<String, Double> fold : folds) {
            if (!fold.keySet().equals(values.keySet())) {
                throw new IllegalArgumentException("the folds have other metrics: " + values.keySet() + " and "
                        + fold.keySet() + "; their heads must be the same");
            }
            values.forEach((name, list) -> list.add(
                    Given.require(fold.get(name), name, "the metric of each fold, NaN where it is not defined")));
        }
        values.replaceAll((name, list) -> List.copyOf(list));
        return new CrossValidation(values, folds.size());
    }

    /** The number of folds. */
    public int folds() {
        return folds;
    }

    /** The names of all metrics, as {@link Metric} has them. */
    public List<String> metrics() {
        return List.copyOf(values.keySet());
    }

    /**
     * The values of a metric, of each fold.
     *
     * @throws IllegalArgumentException if there is no such metric
     */
    public List<Double> values(String metric) {
        List<Double> found = values.get(Given.require(metric, "metric", "the name of one of metrics()"));
        if (found == null) {
            throw new IllegalArgumentException(
                    "no metric '" + metric + "'; " + NearMatches.thereAre(metric, values.keySet()));
        }
        return found;
    }

    /** The mean of a metric over the folds in which it is defined; NaN if there is none. */
    public double mean(String metric) {
        return defined(metric).average().orElse(Double.NaN);
    }

    /**
     * The standard deviation of a metric over the folds in which it is defined, as NumPy's {@code std(ddof=1)}: the
     * root of the squared differences from the mean, divided by the number of folds less one; NaN if there are fewer
     * than 2.
     */
    public double deviation(String metric) {
        double mean = mean(metric);
        long count = defined(metric).count();
        return count < 2
                ? Double.NaN
                : Math.sqrt(defined(metric)
                                .map(value -> (value - mean) * (value - mean))
                                .sum()
                        / (count - 1));
    }

    private DoubleStream defined(String metric) {
        return values(metric).stream().mapToDouble(Double::doubleValue).filter(value -> !Double.isNaN(value));
    }

    /** A table with a line per metric: mean, deviation, and the value of each fold. */
    @Override
    public String toString() {
        int width = metrics().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder(" ".repeat(width)).append("      mean  deviation");
        for (int fold = 1; fold <= folds; fold++) {
            text.append(String.format(Locale.ROOT, " %9s", "fold " + fold));
        }
        text.append(System.lineSeparator());
        for (String metric : metrics()) {
            text.append(metric).append(" ".repeat(width - metric.length()));
            text.append(String.format(Locale.ROOT, " %9s  %9s", number(mean(metric)), number(deviation(metric))));
            values(metric).forEach(value -> text.append(String.format(Locale.ROOT, " %9s", number(value))));
            text.append(System.lineSeparator());
        }
        return text.toString();
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%.4f", value);
    }
}
