package io.github.multilabel.evaluation.metrics;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.message.NearMatches;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * One number of an {@link Evaluation} by its name, which is the same in options, in {@code history.csv} and
 * {@code steps.csv}, in TensorBoard and in {@code metrics.json}.
 *
 * <table>
 * <caption>Names of metrics, for a head {@code brand}</caption>
 * <tr><th>name</th><th>value</th></tr>
 * <tr><td>{@code loss}</td><td>{@link Evaluation#loss}</td></tr>
 * <tr><td>{@code mean_accuracy}</td><td>{@link Evaluation#meanAccuracy}</td></tr>
 * <tr><td>{@code exact_match}</td><td>{@link Evaluation#exactMatch}</td></tr>
 * <tr><td>{@code brand_loss}</td><td>{@link HeadMetrics#loss}</td></tr>
 * <tr><td>{@code brand_accuracy}</td><td>{@link HeadMetrics#accuracy}</td></tr>
 * <tr><td>{@code brand_macro_f1}, {@code brand_macro_precision}, {@code brand_macro_recall}</td>
 * <td>{@link HeadMetrics#macro}</td></tr>
 * <tr><td>{@code brand_weighted_f1}</td><td>{@link HeadMetrics#weighted}</td></tr>
 * <tr><td>{@code brand_top5}</td><td>{@link SingleLabelHeadMetrics#top5Accuracy}, of a single-label head with ten
 * categories or more</td></tr>
 * <tr><td>{@code model_full_path}, {@code model_broken}, {@code model_mistake_distance}</td>
 * <td>{@link HierarchyMetrics}, of the finest head of a hierarchy</td></tr>
 * </table>
 *
 * <p>Where it matters on which images a metric is computed, {@code train_} or {@code validation_} stands before the
 * name: {@code validation_brand_accuracy}, see {@link Part}.
 *
 * <p>The metrics of a head named {@code mean}, {@code train} or {@code validation}, or with a name that begins with
 * {@code train_} or {@code validation_}, have a dot after the head's name: {@code mean.accuracy}. With an underscore
 * they could be mistaken for others. For all other heads, the dot is read as well: {@code brand.accuracy} is
 * {@code brand_accuracy}.
 *
 * <p>Immutable; threads may share it.
 */
public final class Metric {

    private static final String LOSS = "loss";
    private static final String MEAN = "mean";
    private static final String ACCURACY = "accuracy";
    private static final String TOP5 = "top5";
    private static final String BROKEN = "broken";
    private static final String MISTAKE_DISTANCE = "mistake_distance";
    /** Their names end so, and a lower value is better. */
    private static final List<String> LOWER_IS_BETTER = List.of(LOSS, BROKEN, MISTAKE_DISTANCE);

    /** The images on which a metric is computed. */
    public enum Part {
        /** The training images, during an epoch. */
        TRAIN("training."),
        /** The validation images, after an epoch. */
        VALIDATION("validation.");

        private final String formerPrefix;

        Part(String formerPrefix) {
            this.formerPrefix = formerPrefix;
        }

        /**
         * The name of a metric of these images.
         *
         * @param metric the name of a metric
         * @return for example {@code validation_brand_accuracy}
         */
        public String name(String metric) {
            return prefix() + metric;
        }

        /**
         * The name of a metric without what names these images.
         *
         * @param name for example {@code train_loss}, or {@code training.loss} as it was written before
         * @return for example {@code loss}; empty if the name does not begin with these images
         */
        public Optional<String> metric(String name) {
            for (String prefix : new String[] {prefix(), formerPrefix}) {
                if (name.startsWith(prefix)) {
                    return Optional.of(name.substring(prefix.length()));
                }
            }
            return Optional.empty();
        }

        /**
         * The name of a metric of these images in checkpoints, for example {@code validation.brand.accuracy}; for the
         * library itself.
         *
         * @hidden
         */
        public String formerName(Metric metric) {
            return formerPrefix + metric.formerName();
        }

        /** {@code train_} or {@code validation_}. */
        public String prefix() {
            return this == TRAIN ? "train_" : "validation_";
        }
    }

    private final String name;
    private final String formerName;
    private final ToDoubleFunction<Evaluation> value;

    private Metric(String name, String formerName, ToDoubleFunction<Evaluation> value) {
        this.name = name;
        this.formerName = formerName;
        this.value = value;
    }

    /**
     * Returns the metric with a name.
     *
     * @param name one of {@link #all}, or with a dot after the head's name; without {@code train_} or
     *     {@code validation_}
     * @param heads the heads that are evaluated
     * @throws IllegalArgumentException if there is no such metric; the message names similar ones
     */
    public static Metric named(String name, HeadSet heads) {
        return find(name, heads)
                .orElseThrow(() -> new IllegalArgumentException("there is no metric '" + name
                        + "'; there are loss, mean_accuracy, exact_match, or HEAD_accuracy, HEAD_macro_f1,"
                        + " HEAD_macro_precision, HEAD_macro_recall, HEAD_weighted_f1, HEAD_loss, HEAD_top5 of ten categories or more, and HEAD_full_path,"
                        + " HEAD_broken, HEAD_mistake_distance of the finest of a hierarchy, for the heads "
                        + heads.names()
                        + NearMatches.question(
                                name.replace('.', '_'), all(heads).keySet())));
    }

    /** Returns the metric with a name as {@link #named} does, or nothing if there is no such metric. */
    public static Optional<Metric> find(String name, HeadSet heads) {
        Given.require(name, "name", "the name of a metric, e.g. \"mean_accuracy\"");
        Map<String, Metric> all = all(heads);
        return Optional.ofNullable(all.get(name)).or(() -> all.values().stream()
                .filter(metric -> metric.formerName.equals(name))
                .findAny());
    }

    /** Returns every metric of some heads by name: first those of all heads together, then those of each head. */
    public static Map<String, Metric> all(HeadSet heads) {
        Map<String, Metric> all = new LinkedHashMap<>();
        add(all, MEAN + "_" + ACCURACY, Evaluation::meanAccuracy);
        add(all, "exact_match", Evaluation::exactMatch);
        add(all, LOSS, Evaluation::loss);
        for (Head head : Given.require(heads, "heads", "the heads that are evaluated")) {
            add(all, head, ACCURACY, HeadMetrics::accuracy);
            add(all, head, "macro_f1", metrics -> metrics.macro().f1());
            add(all, head, "macro_precision", metrics -> metrics.macro().precision());
            add(all, head, "macro_recall", metrics -> metrics.macro().recall());
            add(all, head, "weighted_f1", metrics -> metrics.weighted().f1());
            if (SingleLabelHeadMetrics.hasTop5(head)) {
                add(all, head, TOP5, metrics -> metrics.when(SingleLabelHeadMetrics::top5Accuracy, tags -> Double.NaN));
            }
            add(all, head, LOSS, HeadMetrics::loss);
        }
        for (String finest : heads.hierarchy().finest()) {
            addOfHierarchy(all, finest, "full_path", HierarchyMetrics::fullPath);
            addOfHierarchy(all, finest, BROKEN, HierarchyMetrics::broken);
            addOfHierarchy(all, finest, MISTAKE_DISTANCE, HierarchyMetrics::mistakeDistance);
        }
        return all;
    }

    private static void add(Map<String, Metric> all, String name, ToDoubleFunction<Evaluation> value) {
        all.put(name, new Metric(name, name, value));
    }

    private static void add(Map<String, Metric> all, Head head, String metric, ToDoubleFunction<HeadMetrics> value) {
        add(all, head.name(), metric, evaluation -> value.applyAsDouble(evaluation.head(head.name())));
    }

    private static void addOfHierarchy(
            Map<String, Metric> all, String finest, String metric, ToDoubleFunction<HierarchyMetrics> value) {
        add(all, finest, metric, evaluation -> evaluation.hierarchies().stream()
                .filter(hierarchy -> hierarchy.finest().equals(finest))
                .mapToDouble(value)
                .findAny()
                .orElse(Double.NaN));
    }

    private static void add(Map<String, Metric> all, String head, String metric, ToDoubleFunction<Evaluation> value) {
        String name = nameOf(head, metric);
        all.put(name, new Metric(name, head + "." + metric, value));
    }

    /**
     * Returns the name of a head's metric. Two metrics never have the same name, whatever the heads are called.
     *
     * @param head the name of a head, for example {@code brand}
     * @param metric for example {@code accuracy}
     * @return for example {@code brand_accuracy}
     */
    public static String nameOf(String head, String metric) {
        // unique, since no head's metric ends with an underscore and the name of another
        boolean ambiguous = head.equals(MEAN);
        for (Part part : Part.values()) {
            ambiguous |= (head + "_").startsWith(part.prefix());
        }
        return head + (ambiguous ? "." : "_") + metric;
    }

    /** The name, for example {@code brand_accuracy}. */
    public String name() {
        return name;
    }

    /**
     * The name in checkpoints, for example {@code brand.accuracy}; for the library itself.
     *
     * @hidden
     */
    public String formerName() {
        return formerName;
    }

    /** Whether a higher value is better; false for losses and for what is wrong with answers. */
    public boolean higherIsBetter() {
        return LOWER_IS_BETTER.stream().noneMatch(formerName::endsWith);
    }

    /**
     * Whether it is about mistakes alone, as {@link HierarchyMetrics#mistakeDistance}: it is undefined where there are
     * none, and does not say how many there are, so that it cannot choose between models.
     */
    public boolean isOfMistakesAlone() {
        return formerName.endsWith("." + MISTAKE_DISTANCE);
    }

    /**
     * Reads the metric from an evaluation.
     *
     * @param evaluation of the heads that the metric was named for
     * @return the value, NaN where it is undefined
     */
    public double of(Evaluation evaluation) {
        return value.applyAsDouble(evaluation);
    }

    /**
     * Returns how much better a value is than another, in the metric's own unit: {@code value - over}, or {@code over -
     * value} for a loss; NaN if one of them is undefined.
     */
    public double gain(double value, double over) {
        return higherIsBetter() ? value - over : over - value;
    }

    @Override
    public String toString() {
        return name;
    }
}
