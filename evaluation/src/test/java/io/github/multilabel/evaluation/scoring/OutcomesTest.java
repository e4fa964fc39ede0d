package io.github.multilabel.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.predictions.PredictedHead;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What metrics are made of. */
class OutcomesTest {

    private static final Predictions PREDICTIONS = DrawnPredictions.of(DrawnPredictions.rows(30, 4));

    @Test
    void scoresOfSomeCategoriesAreThoseAmongAll() {
        for (HeadOutcomes head : new Outcomes(PREDICTIONS).heads()) {
            int size = head.head().size();
            for (int row = 0; row < PREDICTIONS.size(); row++) {
                float[] all = new float[size];
                head.scores(row, 0, all);
                float[] last = new float[size - 1];
                head.scores(row, 1, last);
                assertThat(last).containsExactly(Arrays.copyOfRange(all, 1, size));
            }
        }
    }

    @Test
    void scoresOfASingleLabelHeadAreTheLogarithmsOfTheOdds() {
        PredictedHead model = PREDICTIONS.head("model");
        HeadOutcomes outcomes = new Outcomes(PREDICTIONS).heads().get(0);
        float[] scores = new float[4];
        for (int row = 0; row < PREDICTIONS.size(); row++) {
            outcomes.scores(row, 0, scores);
            double[] probabilities = model.probabilities(row);
            for (int k = 0; k < scores.length; k++) {
                assertThat((double) scores[k])
                        .isCloseTo(Math.log(probabilities[k] / (1 - probabilities[k])), within(1e-5));
            }
        }
    }

    @Test
    void probabilitiesThatRoundToOneAreStillTold() {
        HeadSet heads = HeadSet.of(Head.singleLabel("brand", "Audi", "BMW"));
        HeadOutcomes outcomes = new Outcomes(Predictions.builder(heads)
                        .add("sure", Labels.missing(heads), new float[] {60, 0})
                        .add("surer", Labels.missing(heads), new float[] {61, 0})
                        .build())
                .heads()
                .get(0);
        float[] sure = new float[2];
        float[] surer = new float[2];
        outcomes.scores(0, 0, sure);
        outcomes.scores(1, 0, surer);
        assertThat(surer[0]).isGreaterThan(sure[0]);
        assertThat(surer[1]).isLessThan(sure[1]);
    }

    @Test
    void aRangeOfLogitsThatAHeadHasNotIsRefused() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> PREDICTIONS.head("brand").logits(0, 1, new float[2]))
                .withMessageContaining("there are 2");
        PredictionMetrics metrics = PredictionMetrics.of(PREDICTIONS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metrics.atLeast(4))
                .withMessageContaining("from 0 to 3");
    }

    @Test
    void noImagesHaveNoMetricsAndNoIntervals() {
        PredictionMetrics none =
                PredictionMetrics.of(Predictions.builder(DrawnPredictions.HEADS).build(), new Bootstrap(1, 10, 0.95));
        none.intervals()
                .forEach((name, interval) ->
                        assertThat(interval).as(name).isEqualTo(new Interval(Double.NaN, Double.NaN, Double.NaN)));
    }
}
