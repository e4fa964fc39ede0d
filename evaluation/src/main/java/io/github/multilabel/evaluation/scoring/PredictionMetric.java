package io.github.multilabel.evaluation.scoring;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.evaluation.metrics.HeadMetrics;
import io.github.multilabel.evaluation.metrics.Metric;
import io.github.multilabel.evaluation.metrics.MultiLabelHeadMetrics;
import io.github.multilabel.evaluation.metrics.SingleLabelHeadMetrics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * One number of {@link PredictionMetrics} by its name: every {@link Metric} of an epoch, and those that are computed
 * from kept predictions alone.
 *
 * <table>
 * <caption>Further names, for a head {@code brand}</caption>
 * <tr><th>name</th><th>value</th></tr>
 * <tr><td>{@code at_least_2_of_3}, of three heads</td><td>{@link PredictionMetrics#atLeast}</td></tr>
 * <tr><td>{@code brand_micro_precision}, {@code brand_micro_recall}, {@code brand_micro_f1}</td>
 * <td>{@link HeadMetrics#micro}</td></tr>
 * <tr><td>{@code brand_weighted_precision}, {@code brand_weighted_recall}</td>
 * <td>{@link HeadMetrics#weighted}</td></tr>
 * <tr><td>{@code brand_brier}</td><td>{@link HeadScores#brier}</td></tr>
 * <tr><td>{@code brand_map}, {@code brand_auroc}</td><td>{@link HeadScores#means}</td></tr>
 * <tr><td>{@code brand_balanced}, {@code brand_mcc}, {@code brand_kappa}, {@code brand_kappa_quadratic}, of a
 * single-label head</td><td>{@link SingleLabelHeadMetrics}</td></tr>
 * <tr><td>{@code brand_top3}, of a single-label head with six categories or more</td>
 * <td>{@link SingleLabelScores#topAccuracy}</td></tr>
 * <tr><td>{@code tags_hamming}, of a multi-label head</td><td>{@link MultiLabelHeadMetrics#hammingAccuracy}</td></tr>
 * </table>
 *
 * <p>The log loss is {@code brand_loss}, of a multi-label head the mean of its tags. Immutable; threads may share it.
 */
public final class PredictionMetric {

    private static final String BRIER = "brier";
    private static final int TOP = 3;

    private final String name;
    private final String dotted;
    private final boolean higherIsBetter;
    private final ToDoubleFunction<PredictionMetrics> value;

    private PredictionMetric(
            String name, String dotted, boolean higherIsBetter, ToDoubleFunction<PredictionMetrics> value) {
        this.name = name;
        this.dotted = dotted;
        this.higherIsBetter = higherIsBetter;
        this.value = value;
    }

    /**
     * Returns the metric with a name.
     *
     * @param name one of {@link #all}, or with a dot after the head's name
     * @throws IllegalArgumentException if there is no such metric; the message names similar ones
     */
    public static PredictionMetric named(String name, HeadSet heads) {
        Given.require(name, "name", "the name of a metric, e.g. \"mean_accuracy\"");
        Map<String, PredictionMetric> all = all(heads);
        PredictionMetric found = all.get(name);
        return found != null
                ? found
                : all.values().stream()
                        .filter(metric -> metric.dotted.equals(name))
                        .findAny()
                        .orElseThrow(
                                () -> new IllegalArgumentException("there is no metric '" + name + "' of the heads "
                                        + heads.names() + NearMatches.question(name.replace('.', '_'), all.keySet())
                                        + "; PredictionMetric.all has the names"));
    }

    /** Returns every metric of some heads by name: first those of an {@code Evaluation}, then the others. */
    public static Map<String, PredictionMetric> all(HeadSet heads) {
        Map<String, PredictionMetric> all = new LinkedHashMap<>();
        Metric.all(Given.require(heads, "heads", "the heads that are evaluated"))
                .forEach((name, metric) -> add(
                        all,
                        new PredictionMetric(
                                name,
                                metric.formerName(),
                                metric.higherIsBetter(),
                                metrics -> metric.of(metrics.evaluation()))));
        for (int k = 1; k < heads.size(); k++) {
            int least = k;
            String name = "at_least_" + k + "_of_" + heads.size();
            add(all, new PredictionMetric(name, name, true, metrics -> metrics.atLeast(least)));
        }
        for (Head head : heads) {
            addAnswers(all, head, "micro_f1", metrics -> metrics.micro().f1());
            addAnswers(all, head, "micro_precision", metrics -> metrics.micro().precision());
            addAnswers(all, head, "micro_recall", metrics -> metrics.micro().recall());
            addAnswers(all, head, "weighted_precision", metrics -> metrics.weighted()
                    .precision());
            addAnswers(
                    all, head, "weighted_recall", metrics -> metrics.weighted().recall());
            switch (head.kind()) {
                case SINGLE_LABEL -> addSingle(all, head);
                case MULTI_LABEL ->
                    addAnswers(
                            all,
                            head,
                            "hamming",
                            metrics -> metrics.when(single -> Double.NaN, MultiLabelHeadMetrics::hammingAccuracy));
            }
            addScore(all, head, BRIER, HeadScores::brier);
            addScore(all, head, "map", scores -> scores.means().averagePrecision());
            addScore(all, head, "auroc", scores -> scores.means().auroc());
        }
        return all;
    }

    // no name ends with an underscore and the name of another, so that they are unique: see Metric.nameOf
    private static void addSingle(Map<String, PredictionMetric> all, Head head) {
        addSingle(all, head, "balanced", SingleLabelHeadMetrics::balancedAccuracy);
        addSingle(all, head, "mcc", SingleLabelHeadMetrics::matthews);
        addSingle(all, head, "kappa", SingleLabelHeadMetrics::kappa);
        addSingle(all, head, "kappa_quadratic", SingleLabelHeadMetrics::quadraticKappa);
        if (head.size() >= 2 * TOP) {
            addScore(
                    all,
                    head,
                    "top" + TOP,
                    scores -> scores.when(single -> single.topAccuracy(TOP), multi -> Double.NaN));
        }
    }

    private static void addSingle(
            Map<String, PredictionMetric> all,
            Head head,
            String metric,
            ToDoubleFunction<SingleLabelHeadMetrics> value) {
        addAnswers(all, head, metric, metrics -> metrics.when(value::applyAsDouble, multi -> Double.NaN));
    }

    private static void addAnswers(
            Map<String, PredictionMetric> all, Head head, String metric, ToDoubleFunction<HeadMetrics> value) {
        add(
                all,
                head,
                metric,
                metrics -> value.applyAsDouble(metrics.evaluation().head(head.name())));
    }

    private static void addScore(
            Map<String, PredictionMetric> all, Head head, String metric, ToDoubleFunction<HeadScores> value) {
        add(all, head, metric, metrics -> value.applyAsDouble(metrics.head(head.name())));
    }

    private static void add(
            Map<String, PredictionMetric> all, Head head, String metric, ToDoubleFunction<PredictionMetrics> value) {
        add(
                all,
                new PredictionMetric(
                        Metric.nameOf(head.name(), metric), head.name() + "." + metric, !metric.equals(BRIER), value));
    }

    private static void add(Map<String, PredictionMetric> all, PredictionMetric metric) {
        all.put(metric.name, metric);
    }

    /** The name, for example {@code brand_kappa}. */
    public String name() {
        return name;
    }

    /** Whether a higher value is better; false for losses, Brier scores and what is wrong with answers. */
    public boolean higherIsBetter() {
        return higherIsBetter;
    }

    /**
     * Reads the metric.
     *
     * @param metrics of the heads that the metric was named for
     * @return the value, NaN where it is undefined
     */
    public double of(PredictionMetrics metrics) {
        return value.applyAsDouble(metrics);
    }

    @Override
    public String toString() {
        return name;
    }
}
