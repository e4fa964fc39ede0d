package io.github.multilabel.evaluation.scoring;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.Metric;
import io.github.multilabel.evaluation.mistakes.Confusions;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * All metrics of kept predictions, with intervals if wished. Where scikit-learn defines a metric, the values are equal;
 * undefined values are NaN. Labels that are missing add nothing to any of them. Immutable; threads may share it.
 *
 * <pre>{@code
 * PredictionMetrics metrics = PredictionMetrics.of(predictions, Bootstrap.seeded(1));
 * metrics.interval("brand_accuracy");                      // 0.912 [0.900, 0.930]
 * metrics.head("tags").means().averagePrecision();         // the mean average precision
 * metrics.head("brand").category("Audi").auroc();
 * metrics.errors().get(0).correlation();
 * }</pre>
 */
public final class PredictionMetrics {

    private final Evaluation evaluation;
    private final List<HeadScores> heads;
    private final CellCounts.Counted right;
    private final List<HeadErrors> errors;
    private final List<HeadConfidence> confidences;
    private final List<List<CategoryIntervals>> categories;
    private final List<Confusions> confusions;
    private final Map<String, Interval> intervals;
    private final Optional<String> resampling;

    private PredictionMetrics(
            PredictionMetrics of, Outcomes outcomes, Map<String, Interval> intervals, Optional<String> resampling) {
        this.evaluation = of.evaluation;
        this.heads = of.heads;
        this.right = of.right;
        this.errors = outcomes.errors();
        this.confidences = outcomes.confidences();
        this.categories = outcomes.heads().stream().map(HeadOutcomes::intervals).toList();
        this.confusions = outcomes.heads().stream()
                .map(head -> head.confusions(evaluation.head(head.head().name())))
                .toList();
        this.intervals = Collections.unmodifiableMap(intervals);
        this.resampling = resampling;
    }

    /** Those of a resample, which nobody asks for more than numbers. */
    PredictionMetrics(Evaluation evaluation, List<HeadScores> heads, CellCounts.Counted right) {
        this.evaluation = evaluation;
        this.heads = List.copyOf(heads);
        this.right = right;
        errors = List.of();
        confidences = List.of();
        categories = List.of();
        confusions = List.of();
        intervals = Map.of();
        resampling = Optional.empty();
    }

    /** Computes all metrics, without intervals. */
    public static PredictionMetrics of(Predictions predictions) {
        Resampler resampler = Resampler.of(predictions);
        return new PredictionMetrics(resampler.once(), resampler.outcomes(), Map.of(), Optional.empty());
    }

    /**
     * Computes all metrics and their intervals. If the predictions have groups, groups are drawn in place of images.
     *
     * @see Resampler
     */
    public static PredictionMetrics of(Predictions predictions, Bootstrap bootstrap) {
        Given.require(bootstrap, "bootstrap", "e.g. Bootstrap.seeded(1)");
        Resampler resampler = Resampler.of(predictions);
        PredictionMetrics once = resampler.once();
        List<PredictionMetric> metrics =
                List.copyOf(PredictionMetric.all(predictions.heads()).values());
        double[][] values = new double[metrics.size()][bootstrap.resamples()];
        for (int resample = 0; resample < bootstrap.resamples(); resample++) {
            double[] drawn = resampler.values(metrics, bootstrap.weights(resample, resampler.units()));
            for (int m = 0; m < drawn.length; m++) {
                values[m][resample] = drawn[m];
            }
        }
        int members = resampler.outcomes().units().members();
        Map<String, Interval> intervals = new LinkedHashMap<>();
        IntStream.range(0, values.length)
                .forEach(m -> intervals.put(
                        metrics.get(m).name(),
                        // of a single image or group nothing is known of others
                        bootstrap.interval(metrics.get(m).of(once), members < 2 ? new double[0] : values[m])));
        return new PredictionMetrics(
                once,
                resampler.outcomes(),
                intervals,
                Optional.of(String.format(
                        Locale.ROOT,
                        "%s %% intervals by %,d resamples of the %,d %s%n",
                        Math.round(bootstrap.level() * 1000) / 10.0,
                        bootstrap.resamples(),
                        members,
                        predictions.hasGroups() ? "groups" : "images")));
    }

    /** Computes only what follows from answers, and the losses: faster, since no images are ordered. */
    public static Evaluation evaluation(Predictions predictions) {
        Outcomes outcomes =
                new Outcomes(Given.require(predictions, "predictions", "e.g. Evaluator.predictions(model, data)"));
        return outcomes.evaluation(outcomes.units().once());
    }

    /**
     * The intervals of metrics that follow from answers, and of losses: faster, since no images are ordered.
     *
     * @param metrics of the heads of the predictions
     * @return by the names of the metrics, in their order
     */
    public static Map<String, Interval> intervals(
            Predictions predictions, Bootstrap bootstrap, Collection<Metric> metrics) {
        Outcomes outcomes =
                new Outcomes(Given.require(predictions, "predictions", "e.g. Evaluator.predictions(model, data)"));
        List<Metric> all = List.copyOf(metrics);
        double[][] drawn = new double[all.size()][bootstrap.resamples()];
        for (int resample = 0; resample < bootstrap.resamples(); resample++) {
            Evaluation under = outcomes.evaluation(
                    bootstrap.weights(resample, outcomes.units().size()));
            for (int m = 0; m < drawn.length; m++) {
                drawn[m][resample] = all.get(m).of(under);
            }
        }
        Evaluation once = outcomes.evaluation(outcomes.units().once());
        boolean isOne = outcomes.units().members() < 2; // of which nothing is known of others
        Map<String, Interval> intervals = new LinkedHashMap<>();
        for (int m = 0; m < drawn.length; m++) {
            intervals.put(
                    all.get(m).toString(), bootstrap.interval(all.get(m).of(once), isOne ? new double[0] : drawn[m]));
        }
        return intervals;
    }

    /** The metrics that follow from answers, and the losses: mean cross entropies, every head with the weight 1. */
    public Evaluation evaluation() {
        return evaluation;
    }

    /** The heads, in the model's order. */
    public HeadSet headSet() {
        return evaluation.headSet();
    }

    /** The metrics that need probabilities, of each head in the model's order. */
    public List<HeadScores> heads() {
        return heads;
    }

    /**
     * The metrics of one head that need probabilities.
     *
     * @throws IllegalArgumentException if there is no such head; the message names similar ones
     */
    public HeadScores head(String name) {
        return heads.get(headSet().indexOf(name));
    }

    /**
     * The fraction of the images that are labelled for every head, for which at least so many heads are predicted
     * correctly; of all heads it is {@link Evaluation#exactMatch}.
     *
     * @param least from 0 to the number of heads
     * @return 0..1; NaN if no image is labelled for every head
     * @throws IllegalArgumentException if there are fewer heads, or it is below 0
     */
    public double atLeast(int least) {
        int all = headSet().size();
        if (least < 0 || least > all) {
            throw new IllegalArgumentException("of " + all + " heads, from 0 to " + all + " are right, got " + least);
        }
        return HeadOutcomes.mean(
                IntStream.rangeClosed(least, all).mapToLong(right::of).sum(), right.total());
    }

    /** How the mistakes of each two heads go together, in the order of the heads. */
    public List<HeadErrors> errors() {
        return errors;
    }

    /**
     * Whether the probabilities of a head can be trusted.
     *
     * @throws IllegalArgumentException if there is no such head; the message names similar ones
     */
    public HeadConfidence confidence(String head) {
        return confidences.get(headSet().indexOf(head));
    }

    /**
     * Precision, recall and F1 of the categories of a head with intervals, which are always there: they need no
     * resampling.
     *
     * @return in the order of the head
     * @throws IllegalArgumentException if there is no such head; the message names similar ones
     */
    public List<CategoryIntervals> categoryIntervals(String head) {
        return categories.get(headSet().indexOf(head));
    }

    /**
     * Which categories of a head are taken for each other.
     *
     * @throws IllegalArgumentException if there is no such head; the message names similar ones
     */
    public Confusions confusions(String head) {
        return confusions.get(headSet().indexOf(head));
    }

    /**
     * A metric by its name.
     *
     * @param metric one of {@link PredictionMetric#all}
     * @throws IllegalArgumentException if there is no such metric; the message names similar ones
     */
    public double value(String metric) {
        return PredictionMetric.named(metric, headSet()).of(this);
    }

    /**
     * A metric with its interval, whose bounds are NaN if no intervals were asked for.
     *
     * @throws IllegalArgumentException if there is no such metric; the message names similar ones
     */
    public Interval interval(String metric) {
        PredictionMetric named = PredictionMetric.named(metric, headSet());
        return intervals.getOrDefault(named.name(), new Interval(named.of(this), Double.NaN, Double.NaN));
    }

    /** All metrics with their intervals by name; empty if none were asked for. */
    public Map<String, Interval> intervals() {
        return intervals;
    }

    /** A line that says how the intervals were found; empty if none were asked for. */
    Optional<String> resampling() {
        return resampling;
    }

    /** A line for each metric, with its interval if there is one, and how much is labelled. */
    public String table() {
        return IntervalTable.of(this);
    }

    /** The same as {@link #table}. */
    @Override
    public String toString() {
        return table();
    }
}
