package io.github.multilabel.evaluation.metrics;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.message.NearMatches;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * One number of an {@link Evaluation}, chosen by name: {@code loss}, {@code mean_accuracy}, {@code exact_match}, or of
 * a head {@code brand.loss}, {@code brand.accuracy}, {@code brand.macro_precision}, {@code brand.macro_recall},
 * {@code brand.macro_f1}, {@code brand.weighted_f1}.
 *
 * @param name as above
 * @param higherIsBetter false for losses
 * @param value reads it; NaN where it is undefined
 */
public record Metric(String name, boolean higherIsBetter, ToDoubleFunction<Evaluation> value) {

    private static final String LOSS = "loss";

    /**
     * The metric of a name.
     *
     * @throws IllegalArgumentException if there is none; the message names those that are near
     */
    public static Metric named(String name, HeadSet heads) {
        Map<String, Metric> all = all(heads);
        Metric metric = all.get(name);
        if (metric == null) {
            throw new IllegalArgumentException(
                    "there is no metric '" + name + "'; there are " + NearMatches.describe(name, all.keySet()));
        }
        return metric;
    }

    /** Every metric of some heads, by name. */
    public static Map<String, Metric> all(HeadSet heads) {
        Map<String, Metric> all = new LinkedHashMap<>();
        add(all, "mean_accuracy", Evaluation::meanAccuracy);
        add(all, "exact_match", Evaluation::exactMatch);
        add(all, LOSS, Evaluation::loss);
        for (Head head : heads) {
            String name = head.name();
            add(all, name + ".accuracy", evaluation -> evaluation.head(name).accuracy());
            add(
                    all,
                    name + ".macro_f1",
                    evaluation -> evaluation.head(name).macro().f1());
            add(
                    all,
                    name + ".macro_precision",
                    evaluation -> evaluation.head(name).macro().precision());
            add(
                    all,
                    name + ".macro_recall",
                    evaluation -> evaluation.head(name).macro().recall());
            add(
                    all,
                    name + ".weighted_f1",
                    evaluation -> evaluation.head(name).weighted().f1());
            add(all, name + "." + LOSS, evaluation -> evaluation.head(name).loss());
        }
        return all;
    }

    private static void add(Map<String, Metric> all, String name, ToDoubleFunction<Evaluation> value) {
        all.put(name, new Metric(name, !name.endsWith(LOSS), value));
    }

    /** The number; NaN where it is undefined. */
    public double of(Evaluation evaluation) {
        return value.applyAsDouble(evaluation);
    }

    /** How much better a value is than another, in the metric's own unit; NaN if one is undefined. */
    public double gain(double value, double over) {
        return higherIsBetter ? value - over : over - value;
    }
}
