package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.data.ImageDataset;
import io.github.multilabel.training.metrics.Evaluation;
import io.github.multilabel.training.metrics.EvaluationAccumulator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BestEpochTest {

    /** An evaluation of 20 images with the given mean accuracy; NaN for one without labels. */
    private static Evaluation accuracy(double accuracy) {
        try (NDManager manager = NDManager.newBaseManager();
                EvaluationAccumulator accumulator =
                        new EvaluationAccumulator(manager, HeadSet.of(Toy.SHAPE), Map.of())) {
            float[] logits = new float[40];
            long[] labels = new long[20];
            for (int i = 0; i < 20; i++) {
                logits[2 * i + 1] = i < Math.round(20 * accuracy) ? -1 : 1; // says 0 where right
                labels[i] = Double.isNaN(accuracy) ? -1 : 0;
            }
            accumulator.add(new NDList(manager.create(logits, new Shape(20, 2))), new NDList(manager.create(labels)));
            return accumulator.evaluation();
        }
    }

    private static int best(double... accuracies) {
        BestEpoch best = new BestEpoch();
        for (int i = 0; i < accuracies.length; i++) {
            Evaluation evaluation = accuracy(accuracies[i]);
            best.improves(new EpochReport(i + 1, 0.1, evaluation, Optional.of(evaluation), 1, 0));
        }
        return best.orElse(accuracies.length);
    }

    @Test
    void anUndefinedAccuracyIsNeverBestAndBlocksNone() { // CASES C17
        assertThat(best(Double.NaN, 0.5, 0.6, 0.55)).isEqualTo(3);
        assertThat(best(0.5, Double.NaN)).isEqualTo(1);
        assertThat(best(0.5, 0.5)).isEqualTo(1);
        assertThat(best(Double.NaN, Double.NaN)).isEqualTo(2);
    }

    @Test
    void theModelEndsWithTheWeightsOfTheBestEpoch() throws IOException {
        for (boolean keepBest : new boolean[] {true, false}) {
            List<Double> losses = new ArrayList<>();
            try (ImageDataset train = Toy.data(Toy.HEADS, 64, 8);
                    MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                            .optEpochs(4)
                            // learns in three epochs, then is thrown off
                            .optSchedule((epoch, epochs) -> epoch < 3 ? 1 : 1e4)
                            .optKeepBest(keepBest)
                            .addListener(report ->
                                    losses.add(report.validation().orElseThrow().loss()))
                            .build()) {
                TrainingResult result = trainer.fit(train, train);
                assertThat(result.bestEpoch()).isLessThan(4);
                int kept = keepBest ? result.bestEpoch() : 4;
                assertThat(trainer.evaluate(train).loss()).isEqualTo(losses.get(kept - 1));
            }
        }
    }

    @Test
    void schedulesGoByEpoch() throws IOException { // CASES C18
        try (ImageDataset train = Toy.data(Toy.HEADS, 8, 4);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                        .optEpochs(7)
                        .optLearningRate(0.1)
                        .optSchedule((epoch, epochs) -> epoch < 4 ? 1 : 0.1)
                        .build()) {
            assertThat(trainer.fit(train).history())
                    .extracting(EpochReport::learningRate)
                    .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1)
                    .containsExactly(0.1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.01);
        }
    }

    @Test
    void aScheduleThatGivesNonsenseIsRefused() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 8, 4);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                        .optSchedule((epoch, epochs) -> epoch < 1 ? 1 : Double.NaN)
                        .build()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(train))
                    .withMessage(
                            "the schedule gave the factor NaN after 1.00 of 2 epochs; a finite number of at least 0"
                                    + " is needed");
        }
    }

    @Test
    void theDefaultScheduleRisesThenFallsToNothing() {
        Schedule schedule = Schedule.warmUpCosine(0.1);
        assertThat(schedule.factor(0, 10)).isPositive().isLessThan(0.02);
        assertThat(schedule.factor(1, 10)).isCloseTo(1, within(1e-9));
        assertThat(schedule.factor(5.5, 10)).isCloseTo(0.5, within(1e-9));
        assertThat(schedule.factor(9.99, 10)).isLessThan(1e-3);
        assertThat(Schedule.warmUpCosine(0).factor(0, 10)).isEqualTo(1);
        assertThat(Schedule.constant().factor(3, 10)).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> Schedule.warmUpCosine(1));
    }
}
