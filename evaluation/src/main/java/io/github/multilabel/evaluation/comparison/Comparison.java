package io.github.multilabel.evaluation.comparison;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.Metric;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.scoring.Bootstrap;
import io.github.multilabel.evaluation.scoring.PredictionMetric;
import io.github.multilabel.evaluation.scoring.PredictionMetrics;
import io.github.multilabel.evaluation.scoring.Resampler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether model B is better than model A, by what both say of the same images: the difference {@code B - A} of every
 * metric that both have, with a paired bootstrap interval, and McNemar's test of the answers of each head and category.
 *
 * <pre>{@code
 * Comparison comparison = Comparison.of(Predictions.read(former), Predictions.read(latest));
 * comparison.metric("brand_accuracy").difference();   // 0.012 [-0.002, 0.026]
 * comparison.metric("brand_accuracy").verdict();      // no difference can be told
 * comparison.head("brand").answers().p();
 * }</pre>
 *
 * <p>Images are matched by their names, in whatever order they are. Categories are in A's order, which only the
 * quadratic kappa knows of. Of several images with the same name, the first of A goes with the first of B, and so on.
 * What only one has, images or heads, is left out, and so are, for a head, the labels that contradict each other;
 * {@link #overlap} counts all of it. A label that only A or only B knows counts for both. The interval draws the same
 * images for A and for B, and groups in place of images if A or B has some. Immutable; threads may share it.
 */
public final class Comparison {

    private static final long SEED = 1;

    private final HeadSet headSet;
    private final Overlap overlap;
    private final Bootstrap bootstrap;
    private final boolean isGrouped;
    private final int drawn;
    private final Map<String, MetricDifference> metrics;
    private final List<HeadComparison> heads;

    private Comparison(PairedImages pairs, Bootstrap bootstrap) {
        this.bootstrap = bootstrap;
        headSet = pairs.a().heads();
        overlap = pairs.overlap();
        isGrouped = pairs.a().hasGroups();
        drawn = pairs.independent();
        metrics = differences(pairs);
        heads = heads(pairs);
    }

    /** Compares with 95 % intervals by 1,000 resamples; see {@link #of(Predictions, Predictions, Bootstrap)}. */
    public static Comparison of(Predictions a, Predictions b) {
        return of(a, b, Bootstrap.seeded(SEED));
    }

    /**
     * Compares. It takes as much memory as both predictions.
     *
     * @param a of the model that B shall be better than
     * @param b of the other model
     * @param bootstrap how the intervals are found
     * @throws IllegalArgumentException if they have no image or no head in common, or a head of the same name has
     *     another kind or other categories, or images are grouped otherwise
     */
    public static Comparison of(Predictions a, Predictions b, Bootstrap bootstrap) {
        Given.require(bootstrap, "bootstrap", "e.g. Bootstrap.seeded(1)");
        return new Comparison(
                PairedImages.of(
                        Given.require(a, "a", "what the one model says of labelled images"),
                        Given.require(b, "b", "what the other model says of the same images")),
                bootstrap);
    }

    private Map<String, MetricDifference> differences(PairedImages pairs) {
        List<PredictionMetric> all = List.copyOf(PredictionMetric.all(headSet).values());
        Resampler a = Resampler.of(pairs.a());
        Resampler b = Resampler.of(pairs.b());
        int[] once = new int[a.units()];
        Arrays.fill(once, 1);
        double[] valuesOfA = a.values(all, once);
        double[] valuesOfB = b.values(all, once);
        int resamples = drawn < 2 ? 0 : bootstrap.resamples(); // of a single image nothing is known of others
        double[][] drawnDifferences = new double[all.size()][resamples];
        for (int resample = 0; resample < resamples; resample++) {
            int[] weights = bootstrap.weights(resample, a.units());
            double[] ofA = a.values(all, weights);
            double[] ofB = b.values(all, weights);
            for (int m = 0; m < ofA.length; m++) {
                drawnDifferences[m][resample] = ofB[m] - ofA[m];
            }
        }
        Map<String, MetricDifference> differences = new LinkedHashMap<>();
        for (int m = 0; m < valuesOfA.length; m++) {
            PredictionMetric metric = all.get(m);
            differences.put(
                    metric.name(),
                    new MetricDifference(
                            metric.name(),
                            metric.higherIsBetter(),
                            valuesOfA[m],
                            valuesOfB[m],
                            bootstrap.interval(valuesOfB[m] - valuesOfA[m], drawnDifferences[m])));
        }
        return differences;
    }

    private List<HeadComparison> heads(PairedImages pairs) {
        Evaluation a = PredictionMetrics.evaluation(pairs.a());
        Evaluation b = PredictionMetrics.evaluation(pairs.b());
        List<HeadComparison> compared = new ArrayList<>();
        for (String name : headSet.names()) {
            compared.add(new AnswerPairs(pairs.a().head(name), pairs.b().head(name))
                    .compared(
                            drawn < overlap.images(),
                            a.head(name).categories(),
                            b.head(name).categories()));
        }
        return List.copyOf(compared);
    }

    /** The heads that are compared, with the categories in A's order. */
    public HeadSet headSet() {
        return headSet;
    }

    /** What is compared, and what is left out. */
    public Overlap overlap() {
        return overlap;
    }

    /** How the intervals were found. */
    public Bootstrap bootstrap() {
        return bootstrap;
    }

    /** Whether the intervals draw groups of images, and not images. */
    public boolean isGrouped() {
        return isGrouped;
    }

    /** The number of images, or of groups if {@link #isGrouped}, from which a resample is drawn. */
    public int drawn() {
        return drawn;
    }

    /** Every metric, in the order of {@link PredictionMetric#all}. */
    public List<MetricDifference> metrics() {
        return List.copyOf(metrics.values());
    }

    /**
     * A metric by its name.
     *
     * @param name one of {@link PredictionMetric#all}, or with a dot after the head's name
     * @throws IllegalArgumentException if there is no such metric; the message names similar ones
     */
    public MetricDifference metric(String name) {
        Given.require(name, "name", "the name of a metric, e.g. \"mean_accuracy\"");
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("no metric '" + Excerpt.of(name) + "' is compared; "
                        + NearMatches.thereAre(name.replace('.', '_'), metrics.keySet())));
    }

    Optional<MetricDifference> find(String name) {
        return Stream.concat(
                        Stream.of(name),
                        headSet.names().stream()
                                .filter(head -> name.startsWith(head + "."))
                                .map(head -> Metric.nameOf(head, name.substring(head.length() + 1))))
                .filter(metrics::containsKey)
                .map(metrics::get)
                .findFirst();
    }

    /** The heads that are compared, in A's order. */
    public List<HeadComparison> heads() {
        return heads;
    }

    /**
     * One head.
     *
     * @throws IllegalArgumentException if there is no such head among those that are compared; the message names
     *     similar ones
     */
    public HeadComparison head(String name) {
        return heads.get(headSet.indexOf(name));
    }

    /** For people: what is compared, a line for each metric, the tests of each head, and the categories that differ. */
    public String table() {
        return ComparisonTable.of(this);
    }

    /**
     * For programs, a JSON object: {@code images}, {@code bootstrap}, {@code metrics} with {@code a, b, difference,
     * low, high} and {@code verdict} under the name of each, {@code heads} with the tests of each head and its
     * categories, and {@code conditions}. What is undefined is {@code null}.
     *
     * @param conditions that were checked, perhaps none
     */
    public String json(List<ConditionOutcome> conditions) {
        return ComparisonJson.of(this, conditions);
    }

    /** The same as {@link #table}. */
    @Override
    public String toString() {
        return table();
    }
}
