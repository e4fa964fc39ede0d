package io.github.multilabel.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Intervals by drawing images, or groups of them, again. */
class BootstrapTest {

    private static final HeadSet PRESENT = HeadSet.of(Head.multiLabel("tags", "there"));
    private static final HeadSet BRAND = HeadSet.of(Head.singleLabel("brand", "Audi", "BMW", "Fiat"));

    /** Scores that are normal, 1 higher where the tag applies: the area is the normal distribution at 1 / sqrt 2. */
    private static final double TRUE_AREA = 0.76025;

    private static Labels there(boolean applies) {
        return Labels.builder(PRESENT)
                .set("tags", applies ? List.of("there") : List.of())
                .build();
    }

    private static Predictions tags(int images, Random random) {
        Predictions.Builder builder = Predictions.builder(PRESENT);
        for (int i = 0; i < images; i++) {
            boolean applies = random.nextInt(3) == 0;
            float logit = (float) (random.nextGaussian() + (applies ? 1 : 0));
            builder.add("image " + i, there(applies), new float[] {logit});
        }
        return builder.build();
    }

    /** Of each group all or no images are right, with the given probability. */
    private static Predictions brands(int groups, int ofGroup, double accuracy, Random random) {
        Predictions.Builder builder = Predictions.builder(BRAND);
        List<String> names = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            int answer = random.nextDouble() < accuracy ? 0 : 1;
            for (int i = 0; i < ofGroup; i++) {
                float[] logits = new float[3];
                logits[answer] = 2;
                builder.add(
                        "image " + i, Labels.builder(BRAND).set("brand", "Audi").build(), logits);
                names.add("car " + group);
            }
        }
        return builder.build().withGroups(names);
    }

    private static Predictions withoutGroups(Predictions predictions) {
        Predictions.Builder builder = Predictions.builder(BRAND);
        for (int row = 0; row < predictions.size(); row++) {
            float[] logits = new float[3];
            predictions.head("brand").logits(row, logits);
            builder.add(predictions.source(row), predictions.labels(row), logits);
        }
        return builder.build();
    }

    private static boolean covers(Interval interval, double truth) {
        return interval.low() <= truth && truth <= interval.high();
    }

    @Test
    void intervalsOfNinetyFivePercentCoverTheTruthInAboutNinetyFiveOfAHundredSimulations() {
        Random random = new Random(2);
        int ofAccuracy = 0;
        int ofArea = 0;
        int simulations = 200;
        for (int i = 0; i < simulations; i++) {
            Bootstrap bootstrap = new Bootstrap(i, 200, 0.95);
            Interval accuracy =
                    PredictionMetrics.of(brands(200, 1, 0.8, random), bootstrap).interval("brand_accuracy");
            Interval area = PredictionMetrics.of(tags(200, random), bootstrap).interval("tags_auroc");
            ofAccuracy += covers(accuracy, 0.8) ? 1 : 0;
            ofArea += covers(area, TRUE_AREA) ? 1 : 0;
        }
        assertThat(100.0 * ofAccuracy / simulations).as("accuracy").isBetween(91.0, 98.0);
        assertThat(100.0 * ofArea / simulations).as("area under the ROC curve").isBetween(91.0, 98.0);
    }

    @Test
    void imagesThatBelongTogetherNeedGroupsToBeCovered() {
        Random random = new Random(3);
        int ofGroups = 0;
        int ofImages = 0;
        int simulations = 200;
        for (int i = 0; i < simulations; i++) {
            Predictions predictions = brands(60, 8, 0.7, random);
            Bootstrap bootstrap = new Bootstrap(i, 200, 0.95);
            ofGroups += covers(PredictionMetrics.of(predictions, bootstrap).interval("brand_accuracy"), 0.7) ? 1 : 0;
            ofImages += covers(
                            PredictionMetrics.of(withoutGroups(predictions), bootstrap)
                                    .interval("brand_accuracy"),
                            0.7)
                    ? 1
                    : 0;
        }
        assertThat(100.0 * ofGroups / simulations).as("by groups").isBetween(90.0, 98.0);
        assertThat(100.0 * ofImages / simulations).as("by images").isLessThan(70);
    }

    @Test
    void ofVeryManyImagesBlocksAreDrawnAndIntervalsAreAsWide() {
        int images = 30_000;
        Predictions predictions = tags(images, new Random(8));
        PredictionMetrics metrics = PredictionMetrics.of(predictions, Bootstrap.seeded(1));
        assertThat(Resampler.of(predictions).units()).isEqualTo(Units.BLOCKS);
        Interval accuracy = metrics.interval("tags_accuracy");
        double expected = 2 * 1.96 * Math.sqrt(accuracy.value() * (1 - accuracy.value()) / images);
        assertThat(accuracy.high() - accuracy.low()).isCloseTo(expected, within(0.1 * expected));
    }

    @Test
    void ofTooManyScoresMeansAreLinearAndTheirIntervalsAsWideAsThoseOfHanleyAndMcNeil() {
        int images = Rankings.MOST_KEPT + 1;
        Interval area = PredictionMetrics.of(tags(images, new Random(8)), Bootstrap.seeded(1))
                .interval("tags_auroc");
        double a = area.value();
        double right = images / 3.0;
        double wrong = images - right;
        // the variance of two normal distributions by their closed form for exponential ones, some percent off
        double variance =
                (a * (1 - a) + (right - 1) * (a / (2 - a) - a * a) + (wrong - 1) * (2 * a * a / (1 + a) - a * a))
                        / (right * wrong);
        double expected = 2 * 1.96 * Math.sqrt(variance);
        assertThat(a).isCloseTo(TRUE_AREA, within(0.01));
        assertThat(area.high() - area.low()).isCloseTo(expected, within(0.15 * expected));
    }

    @Test
    void theSameSeedGivesTheSameBoundsAndAnotherOthers() {
        Predictions predictions = DrawnPredictions.of(DrawnPredictions.rows(50, 1));
        PredictionMetrics first = PredictionMetrics.of(predictions, Bootstrap.seeded(7));
        assertThat(PredictionMetrics.of(predictions, Bootstrap.seeded(7)).intervals())
                .isEqualTo(first.intervals());
        assertThat(PredictionMetrics.of(predictions, Bootstrap.seeded(8)).intervals())
                .isNotEqualTo(first.intervals());
        assertThat(first.intervals())
                .containsOnlyKeys(PredictionMetric.all(DrawnPredictions.HEADS).keySet());
    }

    @Test
    void aHigherLevelGivesWiderBounds() {
        Predictions predictions = DrawnPredictions.of(DrawnPredictions.rows(50, 1));
        Interval narrow =
                PredictionMetrics.of(predictions, new Bootstrap(1, 300, 0.5)).interval("model_accuracy");
        Interval wide =
                PredictionMetrics.of(predictions, new Bootstrap(1, 300, 0.99)).interval("model_accuracy");
        assertThat(wide.low()).isLessThan(narrow.low());
        assertThat(wide.high()).isGreaterThan(narrow.high());
        assertThat(wide.value()).isEqualTo(narrow.value());
    }

    @Test
    void eachUnitIsDrawnOnceOnAverage() {
        int[] weights = Bootstrap.seeded(3).weights(0, 1_000);
        assertThat(Arrays.stream(weights).sum()).isEqualTo(1_000);
        assertThat(Arrays.stream(weights).filter(weight -> weight == 0).count()).isBetween(320L, 420L);
        assertThat(Bootstrap.seeded(3).weights(1, 1_000)).isNotEqualTo(weights);
    }

    @Test
    void ofOneImageAndOfMissingLabelsNoBoundsAreKnown() {
        PredictionMetrics one = PredictionMetrics.of(brands(1, 1, 1, new Random(1)), Bootstrap.seeded(1));
        assertThat(one.interval("brand_accuracy")).isEqualTo(new Interval(1, Double.NaN, Double.NaN));
        Predictions unlabelled = Predictions.builder(BRAND)
                .add("a", Labels.missing(BRAND), new float[3])
                .add("b", Labels.missing(BRAND), new float[3])
                .build();
        PredictionMetrics none = PredictionMetrics.of(unlabelled, Bootstrap.seeded(1));
        assertThat(none.interval("brand_accuracy")).isEqualTo(new Interval(Double.NaN, Double.NaN, Double.NaN));
        assertThat(none.table()).contains("brand: 0 of 2 images labelled").contains("n/a [n/a, n/a]");
    }

    @Test
    void boundsArePercentilesAsThoseOfNumpy() {
        Interval interval = new Bootstrap(0, 10, 0.8).interval(5, 4, 1, 3, 2, Double.NaN, 5);
        assertThat(interval.low()).isCloseTo(1.4, within(1e-12)); // numpy.percentile([1, 2, 3, 4, 5], 10)
        assertThat(interval.high()).isCloseTo(4.6, within(1e-12));
        assertThat(interval).hasToString("5.000 [1.400, 4.600]");
    }

    @Test
    void theTableSaysWhatWasDrawnAndHowMuchIsLabelled() {
        String table = PredictionMetrics.of(brands(60, 8, 0.7, new Random(1)), new Bootstrap(1, 50, 0.95))
                .table();
        assertThat(table)
                .contains("brand: 480 of 480 images labelled")
                .contains("95.0 % intervals by 50 resamples of the 60 groups")
                .containsPattern("brand_accuracy +0\\.\\d{3} \\[0\\.\\d{3}, 0\\.\\d{3}]");
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Bootstrap(1, 1, 0.95))
                .withMessageContaining("at least 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Bootstrap(1, 100, 95))
                .withMessageContaining("(0, 1)");
        Resampler resampler = Resampler.of(DrawnPredictions.of(DrawnPredictions.rows(5, 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resampler.values(List.of(), 1, 1))
                .withMessageContaining("5 units")
                .withMessageContaining("got 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PredictionMetric.named("model_acuracy", DrawnPredictions.HEADS))
                .withMessageContaining("model_accuracy");
    }

    @Test
    void metricsHaveNamesOfTheirOwnWhateverHeadsAreCalled() {
        HeadSet odd = HeadSet.of(
                Head.singleLabel("a", "x", "y"),
                Head.singleLabel("a_micro", "x", "y"),
                Head.singleLabel("a_kappa", "x", "y"),
                Head.multiLabel("a_weighted", "x", "y"),
                Head.singleLabel("mean", "x", "y"));
        int single = PredictionMetric.all(HeadSet.of(Head.singleLabel("b", "x", "y")))
                .size();
        int multi =
                PredictionMetric.all(HeadSet.of(Head.multiLabel("b", "x", "y"))).size();
        int overall = 3;
        assertThat(PredictionMetric.all(odd)).hasSize(overall + 4 * (single - overall) + multi - overall + 4);
        assertThat(PredictionMetric.named("mean.map", odd).name()).isEqualTo("mean.map");
        assertThat(PredictionMetric.named("a.brier", odd).higherIsBetter()).isFalse();
        assertThat(PredictionMetric.named("a_kappa", odd).higherIsBetter()).isTrue();
    }
}
