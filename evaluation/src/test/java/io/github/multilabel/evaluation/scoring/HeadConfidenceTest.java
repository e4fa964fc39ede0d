package io.github.multilabel.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.calibration.AbstentionChoice;
import io.github.multilabel.evaluation.calibration.RiskCoverage;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.model.heads.HeadThreshold;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whether the probabilities of a head can be trusted follows from its kept predictions. */
class HeadConfidenceTest {

    private static final Head BRAND = Head.singleLabel("brand", "Audi", "BMW", "Fiat");

    /** Probabilities of the best category 0.9, 0.8, 0.6 and 0.5; the second is wrong, the last has no label. */
    private static Predictions four() {
        HeadSet heads = HeadSet.of(BRAND);
        return Predictions.builder(heads)
                .addProbabilities(
                        "a", Labels.builder(heads).set("brand", "Audi").build(), new double[] {0.9, 0.05, 0.05})
                .addProbabilities(
                        "b", Labels.builder(heads).set("brand", "Fiat").build(), new double[] {0.1, 0.8, 0.1})
                .addProbabilities(
                        "c", Labels.builder(heads).set("brand", "Fiat").build(), new double[] {0.2, 0.2, 0.6})
                .addProbabilities("d", Labels.missing(heads), new double[] {0.5, 0.25, 0.25})
                .build();
    }

    @Test
    void anAnswerIsTheMostProbableCategoryOfALabelledImage() {
        HeadConfidence confidence = PredictionMetrics.of(four()).confidence("brand");
        assertThat(confidence.answers()).isEqualTo(3);
        assertThat(confidence.riskCoverage().stream().map(RiskCoverage.Point::right))
                .containsExactly(1, 1, 2);
        assertThat(confidence.riskArea()).isCloseTo((0 + 0.5 + 1.0 / 3) / 3, within(1e-12));
        assertThat(confidence.error().equalWidth()).isCloseTo((0.1 + 0.8 + 0.4) / 3, within(1e-6));
        assertThat(confidence.abstention()).as("it answers always").isEmpty();
    }

    @Test
    void aThresholdIsMeasuredOnTheseImages() {
        Predictions predictions = four().withThresholds(List.of(new HeadThreshold.UnknownBelow("brand", 0.7, 0.95)));
        AbstentionChoice choice = PredictionMetrics.of(predictions)
                .confidence("brand")
                .abstention()
                .orElseThrow();
        assertThat(choice.answers()).isEqualTo(2);
        assertThat(choice.coverage()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(choice.precision()).isEqualTo(0.5);
        assertThat(choice.leastPrecision())
                .as("Clopper and Pearson: 1 - sqrt(0.95)")
                .isCloseTo(0.0253, within(1e-4));
    }

    @Test
    void aThresholdThatNothingReachesHasNoPrecision() {
        Predictions predictions = four().withThresholds(List.of(new HeadThreshold.UnknownBelow("brand", 0.99, 0.95)));
        AbstentionChoice choice = PredictionMetrics.of(predictions)
                .confidence("brand")
                .abstention()
                .orElseThrow();
        assertThat(choice.coverage()).isZero();
        assertThat(choice.precision()).isNaN();
        assertThat(choice.leastPrecision()).isNaN();
    }

    @Test
    void manyDecisionsOnTagsAreThoseOfImagesAtEvenDistances() {
        int tags = 3_000;
        int images = 700;
        HeadSet heads = HeadSet.of(Head.multiLabel(
                "tags", IntStream.range(0, tags).mapToObj(k -> "t" + k).toList()));
        Random random = new Random(5);
        Predictions.Builder builder = Predictions.builder(heads);
        for (int i = 0; i < images; i++) {
            float[] logits = new float[tags];
            for (int k = 0; k < tags; k++) {
                logits[k] = (float) random.nextGaussian();
            }
            builder.add("i" + i, Labels.builder(heads).set("tags", List.of()).build(), logits);
        }
        HeadConfidence confidence = PredictionMetrics.of(builder.build()).confidence("tags");
        assertThat(confidence.answers()).as("those of every third image").isEqualTo((images + 2) / 3 * tags);
        assertThat(confidence.answers()).isLessThanOrEqualTo(HeadConfidence.MOST);
        assertThat(confidence.riskCoverage()).hasSizeLessThanOrEqualTo(HeadConfidence.POINTS);
        assertThat(confidence
                        .riskCoverage()
                        .get(confidence.riskCoverage().size() - 1)
                        .coverage())
                .isEqualTo(1);
    }
}
