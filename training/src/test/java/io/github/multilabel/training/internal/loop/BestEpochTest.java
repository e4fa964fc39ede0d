package io.github.multilabel.training.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.evaluation.internal.metrics.EvaluationAccumulator;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.Metric;
import io.github.multilabel.training.Monitor;
import io.github.multilabel.training.MultiLabelTrainer;
import io.github.multilabel.training.Toy;
import io.github.multilabel.training.event.EpochReport;
import io.github.multilabel.training.event.TrainingListener;
import io.github.multilabel.training.event.TrainingResult;
import io.github.multilabel.training.internal.settings.MonitorRule;
import io.github.multilabel.training.schedule.LearningRateSchedule;
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

    private static final Monitor MEAN_ACCURACY = Monitor.of("mean_accuracy");

    private static final HeadSet SHAPE = HeadSet.of(Toy.SHAPE);

    private static MonitorRule rule(String metric, int patience, double minDelta) {
        return MonitorRule.of(SHAPE, metric, patience, minDelta);
    }

    private static EpochReport report(int epoch, double accuracy) {
        Evaluation evaluation = accuracy(accuracy);
        return new EpochReport(epoch, 0.1, evaluation, Optional.of(evaluation), 1, 0);
    }

    /** After how many epochs training stops; the number of accuracies if it does not. */
    private static int stop(MonitorRule rule, double... accuracies) {
        BestEpoch best = new BestEpoch(rule.on(true));
        for (int i = 0; i < accuracies.length; i++) {
            best.improves(report(i + 1, accuracies[i]));
            if (best.isOverdue()) {
                return i + 1;
            }
        }
        return accuracies.length;
    }

    private static int best(double... accuracies) {
        BestEpoch best =
                new BestEpoch(rule("mean_accuracy", MonitorRule.NEVER, 0).on(true));
        for (int i = 0; i < accuracies.length; i++) {
            best.improves(report(i + 1, accuracies[i]));
        }
        return best.orElse(accuracies.length);
    }

    @Test
    void anUndefinedAccuracyIsNeverBestAndBlocksNone() {
        assertThat(best(Double.NaN, 0.5, 0.6, 0.55)).isEqualTo(3);
        assertThat(best(0.5, Double.NaN)).isEqualTo(1);
        assertThat(best(0.5, 0.5)).isEqualTo(1);
        assertThat(best(Double.NaN, Double.NaN)).isEqualTo(2);
    }

    @Test
    void patienceIsOverAfterSoManyEpochsInARowWithoutAGain() {
        assertThat(stop(rule("mean_accuracy", 2, 0), 0.5, 0.6, 0.6, 0.55, 0.9)).isEqualTo(4);
        assertThat(stop(rule("shape.accuracy", 1, 0), 0.5, 0.6, 0.7, 0.7, 0.9)).isEqualTo(4);
        assertThat(stop(rule("mean_accuracy", 2, 0), 0.5, Double.NaN, 0.6, Double.NaN, 0.7, 0.7))
                .isEqualTo(6);
        assertThat(stop(rule("mean_accuracy", 2, 0), Double.NaN, Double.NaN, 0.5))
                .as("an undefined number neither is a gain nor counts against the patience")
                .isEqualTo(3);
        assertThat(stop(rule("mean_accuracy", MonitorRule.NEVER, 0), 0.5, 0.5, 0.5))
                .isEqualTo(3);
    }

    @Test
    void gainsThatAreTooSmallDoNotCountButAddUp() {
        assertThat(stop(rule("mean_accuracy", 2, 0.15), 0.5, 0.6, 0.6, 0.9)).isEqualTo(3);
        assertThat(stop(rule("mean_accuracy", 2, 0.15), 0.5, 0.6, 0.7, 0.7, 0.7))
                .isEqualTo(5);
    }

    @Test
    void aMetricThatDoesNotExistIsRefusedWithThoseThatAreNear() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule("shape.acuracy", 1, 0))
                .withMessageContaining("there is no metric 'shape.acuracy'")
                .withMessageContaining("did you mean 'shape_accuracy'")
                .withMessageContaining("train_ or validation_");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule("validation_los", 1, 0))
                .withMessageContaining("did you mean 'loss'");
    }

    @Test
    void aMetricByItsNameInKerasIsRefusedWithTheNameHere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule("val_loss", 1, 0))
                .withMessage("there is no metric 'val_loss'; did you mean 'validation_loss'?");
    }

    @Test
    void lossesAreBetterWhenLowerAndPartsCanBeNamed() {
        MonitorRule loss = rule("training.shape.loss", 1, 0);
        assertThat(loss.metric().gain(0.5, 0.75)).isEqualTo(0.25);
        assertThat(loss.part()).contains(Metric.Part.TRAIN);
        assertThat(loss).hasToString("train_" + loss.metric().name());
        assertThat(rule("exact_match", 1, 0).metric().gain(0.5, 0.75)).isEqualTo(-0.25);
    }

    @Test
    void withoutValidationImagesTheChoiceIsClear() {
        assertThat(rule("mean_accuracy", MonitorRule.NEVER, 0).on(false).part())
                .as("the last epoch")
                .isEmpty();
        assertThat(rule("mean_accuracy", 3, 0).on(false).part()).contains(Metric.Part.TRAIN);
        assertThat(rule("mean_accuracy", 3, 0).on(true).part()).contains(Metric.Part.VALIDATION);
        assertThat(rule("train_loss", 3, 0).on(true).part()).contains(Metric.Part.TRAIN);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule("validation_loss", 3, 0).on(false))
                .withMessageContaining("there are no validation images")
                .withMessageContaining("'train_loss'");
    }

    @Test
    void theModelEndsWithTheWeightsOfTheBestEpoch() throws IOException {
        for (boolean restoreBestWeights : new boolean[] {true, false}) {
            List<Double> losses = new ArrayList<>();
            try (ImageDataset train = Toy.data(Toy.HEADS, 64, 8);
                    MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                            .optEpochs(4)
                            .optCalibration(false) // which changes the loss
                            // learns in three epochs, then is thrown off
                            .optSchedule((epoch, epochs) -> epoch < 3 ? 1 : 1e4)
                            .optMonitor(restoreBestWeights ? MEAN_ACCURACY : MEAN_ACCURACY.keepLastWeights())
                            .addListener(TrainingListener.onEpoch(report ->
                                    losses.add(report.validation().orElseThrow().loss())))
                            .build()) {
                TrainingResult result = trainer.fit(train, train);
                assertThat(result.bestEpoch()).isLessThan(4);
                int kept = restoreBestWeights ? result.bestEpoch() : 4;
                assertThat(trainer.evaluate(train).loss()).isEqualTo(losses.get(kept - 1));
            }
        }
    }

    @Test
    void schedulesGoByEpoch() throws IOException {
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
        LearningRateSchedule schedule = LearningRateSchedule.cosine(0.1);
        assertThat(schedule.factor(0, 10)).isPositive().isLessThan(0.02);
        assertThat(schedule.factor(1, 10)).isCloseTo(1, within(1e-9));
        assertThat(schedule.factor(5.5, 10)).isCloseTo(0.5, within(1e-9));
        assertThat(schedule.factor(9.99, 10)).isLessThan(1e-3);
        assertThat(LearningRateSchedule.cosine(0).factor(0, 10)).isEqualTo(1);
        assertThat(LearningRateSchedule.constant().factor(3, 10)).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> LearningRateSchedule.cosine(1));
    }
}
