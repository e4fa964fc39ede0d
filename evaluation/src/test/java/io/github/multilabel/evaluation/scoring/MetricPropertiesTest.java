package io.github.multilabel.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.evaluation.metrics.ConfusionCell;
import io.github.multilabel.evaluation.metrics.HeadMetrics;
import io.github.multilabel.evaluation.metrics.SingleLabelHeadMetrics;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds of the metrics of any predictions; the seeds are fixed, so that each run sees the same ones. */
class MetricPropertiesTest {

    private static final String SEED = "20240527";
    private static final Collection<PredictionMetric> ALL =
            PredictionMetric.all(DrawnPredictions.HEADS).values();

    private static double[] values(Predictions predictions) {
        PredictionMetrics metrics = PredictionMetrics.of(predictions);
        return ALL.stream().mapToDouble(metric -> metric.of(metrics)).toArray();
    }

    private static void assertSame(double[] values, double... expected) {
        int m = 0;
        for (PredictionMetric metric : ALL) {
            if (Double.isNaN(expected[m])) {
                assertThat(values[m]).as(metric.name()).isNaN();
            } else {
                assertThat(values[m]).as(metric.name()).isCloseTo(expected[m], within(1e-9));
            }
            m++;
        }
    }

    @Property(seed = SEED, tries = 60)
    void theCellsOfAConfusionMatrixAreTheLabelledImages(
            @ForAll @IntRange(min = 1, max = 80) int images, @ForAll long seed) {
        PredictionMetrics metrics = PredictionMetrics.of(DrawnPredictions.of(DrawnPredictions.rows(images, seed)));
        for (HeadMetrics head : metrics.evaluation().heads()) {
            long counted = head.when(
                    single -> single.confusionCells().stream()
                            .mapToLong(ConfusionCell::images)
                            .sum(),
                    multi -> (multi.confusion()[0][0][0]
                            + multi.confusion()[0][0][1]
                            + multi.confusion()[0][1][0]
                            + multi.confusion()[0][1][1]));
            assertThat(counted).isEqualTo(head.support());
        }
    }

    @Property(seed = SEED, tries = 60)
    void microAveragesOfASingleLabelHeadAreItsAccuracy(
            @ForAll @IntRange(min = 1, max = 80) int images, @ForAll long seed) {
        PredictionMetrics metrics = PredictionMetrics.of(DrawnPredictions.of(DrawnPredictions.rows(images, seed)));
        HeadMetrics model = metrics.evaluation().head("model");
        for (String name : List.of("model_micro_f1", "model_micro_precision", "model_micro_recall")) {
            assertThat(metrics.value(name)).as(name).isEqualTo(model.accuracy());
        }
        assertThat(metrics.head("model").<Double>when(single -> single.topAccuracy(4), multi -> 0.0))
                .isEqualTo(model.support() == 0 ? Double.NaN : 1.0);
        assertThat(metrics.value("at_least_1_of_3"))
                .satisfiesAnyOf(value -> assertThat(value).isNaN(), value -> assertThat(value)
                        .isGreaterThanOrEqualTo(metrics.value("exact_match")));
    }

    @Property(seed = SEED, tries = 40)
    void theOrderOfTheImagesDoesNotMatter(@ForAll @IntRange(min = 1, max = 80) int images, @ForAll long seed) {
        List<DrawnPredictions.Row> rows = DrawnPredictions.rows(images, seed);
        double[] values = values(DrawnPredictions.of(rows));
        Collections.shuffle(rows, new Random(seed));
        assertSame(values(DrawnPredictions.of(rows)), values);
    }

    /** So a resample is what it is said to be. */
    @Property(seed = SEED, tries = 40)
    void anImageOfWeightThreeCountsAsThreeImages(@ForAll @IntRange(min = 1, max = 60) int images, @ForAll long seed) {
        List<DrawnPredictions.Row> rows = DrawnPredictions.rows(images, seed);
        int[] weights = Bootstrap.seeded(seed).weights(0, images);
        List<DrawnPredictions.Row> repeated = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            repeated.addAll(Collections.nCopies(weights[i], rows.get(i)));
        }
        assertThat(repeated).hasSize(images);
        assertSame(Resampler.of(DrawnPredictions.of(rows)).values(ALL, weights), values(DrawnPredictions.of(repeated)));
    }

    @Property(seed = SEED, tries = 40)
    void theImagesOfAGroupAreDrawnTogether(@ForAll @IntRange(min = 3, max = 60) int images, @ForAll long seed) {
        List<DrawnPredictions.Row> rows = DrawnPredictions.rows(images, seed);
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            groups.add("car " + i % 3);
        }
        Resampler resampler = Resampler.of(DrawnPredictions.of(rows).withGroups(groups));
        assertThat(resampler.units()).isEqualTo(3);
        List<DrawnPredictions.Row> drawn = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            drawn.addAll(Collections.nCopies(new int[] {2, 0, 1}[i % 3], rows.get(i)));
        }
        assertSame(resampler.values(ALL, 2, 0, 1), values(DrawnPredictions.of(drawn)));
    }

    @Property(seed = SEED, tries = 40)
    void agreementIsOneForThePerfectAndNeverAbove(@ForAll @IntRange(min = 1, max = 80) int images, @ForAll long seed) {
        SingleLabelHeadMetrics model = PredictionMetrics.evaluation(
                        DrawnPredictions.of(DrawnPredictions.rows(images, seed)))
                .head("model")
                .when(single -> single, multi -> null);
        Map<String, Double> all =
                Map.of("mcc", model.matthews(), "kappa", model.kappa(), "quadratic", model.quadraticKappa());
        all.forEach((name, value) -> {
            if (!Double.isNaN(value)) {
                assertThat(value).as(name).isLessThanOrEqualTo(1 + 1e-12);
                assertThat(value == 1).as(name).isEqualTo(model.accuracy() == 1);
            }
        });
    }
}
