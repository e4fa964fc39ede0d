package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.data.BadImages;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.augment.Augmentation;
import io.github.multilabel.evaluation.loss.HeadLoss;
import io.github.multilabel.evaluation.loss.Losses;
import io.github.multilabel.training.balance.LossBalancing;
import io.github.multilabel.training.event.LearningRateFinderResult;
import io.github.multilabel.training.event.StopReason;
import io.github.multilabel.training.event.TrainingDivergedException;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.event.TrainingListener;
import io.github.multilabel.training.internal.checkpoint.CheckpointStore;
import io.github.multilabel.training.internal.checkpoint.SavedCheckpoint;
import io.github.multilabel.training.optimizer.Optimizers;
import io.github.multilabel.training.schedule.LearningRateSchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A training that failed never ends as a success. */
class FailedTrainingTest {

    private static final byte[] BROKEN = {1, 2};

    private static MultiLabelTrainerBuilder sgd(double rate) {
        return Toy.trainer(Toy.HEADS)
                .optOptimizer(Optimizers.sgd())
                .optSchedule(LearningRateSchedule.constant())
                .optLearningRate(rate);
    }

    private static void assertFails(MultiLabelTrainerBuilder builder, ImageDataset train, String... told)
            throws IOException {
        try (MultiLabelTrainer trainer = builder.build()) {
            assertThatExceptionOfType(TrainingDivergedException.class)
                    .isThrownBy(() -> trainer.fit(train, train))
                    .satisfies(failure -> assertThat(failure.getMessage()).contains(told));
        }
    }

    /** 24 images in batches of 8, some of which cannot be read. */
    private static ImageDataset partlyBroken(HeadSet heads, IntPredicate broken, Toy.Labelling labelling)
            throws IOException {
        try (ImageDataset drawn = Toy.data(heads, 24, 8, labelling)) {
            List<Sample> samples = new ArrayList<>();
            for (Sample sample : drawn.samples()) {
                samples.add(
                        broken.test(samples.size())
                                ? new Sample(ImageSource.of("broken", BROKEN), sample.labels(), "")
                                : sample);
            }
            return ImageDataset.builder()
                    .setHeads(heads)
                    .addSamples(samples)
                    .optBatchSize(8)
                    .optBadImages(BadImages.SKIP)
                    .optAugmentation(Augmentation.none())
                    .optThreads(1)
                    .build();
        }
    }

    private static Labels all(int index, int colour, int shape) {
        return Toy.labels(Toy.HEADS, colour, shape);
    }

    // diverged

    @ParameterizedTest
    @ValueSource(doubles = {1e38, 1e30, 1e15})
    void weightsThatGrowBeyondAllNumbersEndTheTraining(double rate) throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 16, 16)) {
            assertFails(sgd(rate), train, "the training failed in epoch", "learning rate", "Try a tenth");
        }
    }

    @Test
    void aLossThatGrewBeyondMeasureEndsTheTraining() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 32, 8)) {
            MultiLabelTrainerBuilder exploding = Toy.trainer(Toy.HEADS)
                    .optSchedule(LearningRateSchedule.constant())
                    .optLearningRate(3e3);
            assertFails(exploding, train, "the loss of the epoch to keep is", "that of the first step was");
        }
    }

    @Test
    void anEpochThatWasGoodBeforeIsKept() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 64, 8);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                        .optEpochs(4)
                        .optSchedule((epoch, epochs) -> epoch < 3 ? 1 : 1e4)
                        .build()) {
            assertThat(trainer.fit(train, train).bestEpoch()).isLessThan(4);
            assertThat(trainer.evaluate(train).loss()).isLessThan(2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void runningStatisticsAndAveragesMustBeFiniteToo(boolean averaged) throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 32, 8);
                MultiLabelTrainer trainer = (averaged ? sgd(0.01).optEmaDecay(0.9) : sgd(0.01)).build()) {
            trainer.model()
                    .block()
                    .parametersByName()
                    .get("backbone.bn3.running_mean")
                    .getArray()
                    .addi(Float.POSITIVE_INFINITY);
            assertThatIllegalStateException()
                    .isThrownBy(() -> trainer.fit(train))
                    .withMessageContaining("the values of 'backbone.bn3.running_mean' are not finite any more");
        }
    }

    @Test
    void theLastGoodCheckpointStays(@TempDir Path folder) throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 16, 8);
                MultiLabelTrainer trainer = sgd(0.01)
                        .optEpochs(3)
                        .optSchedule((epoch, epochs) -> epoch < 1 ? 1 : 1e38)
                        .optCheckpoints(CheckpointOptions.in(folder).everySteps(1))
                        .build()) {
            assertThatExceptionOfType(TrainingDivergedException.class)
                    .isThrownBy(() -> trainer.fit(train, train))
                    .withMessageContaining(folder.toString());
            try (SavedCheckpoint checkpoint =
                    new CheckpointStore(folder).newest().orElseThrow()) {
                assertThat(checkpoint.description().get("finished").getAsBoolean())
                        .isFalse();
                assertThat(checkpoint.tensors(trainer.model().manager(), "weights."))
                        .allSatisfy((name, array) ->
                                assertThat(array.isNaN().any().getBoolean()).isFalse());
            }
        }
    }

    @Test
    void noAccuracyIsToldOfAModelThatAnswersNaN() throws IOException {
        try (ImageDataset data = Toy.data(Toy.HEADS, 8, 8);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS).build()) {
            trainer.model()
                    .block()
                    .parametersByName()
                    .get("heads.weight")
                    .getArray()
                    .muli(Float.NaN);
            assertThatIllegalStateException()
                    .isThrownBy(() -> trainer.evaluate(data))
                    .withMessageContaining("the logits of head 'shape' are NaN or infinite for 8 of 8 labelled images");
        }
    }

    // nothing learned

    static Stream<Arguments> lossesThatTeachNothing() {
        HeadLoss constant = (logits, labels) -> logits.getManager().create(1f);
        HeadLoss whole = (logits, labels) -> logits.sum().toType(DataType.INT64, false);
        HeadLoss answers = (logits, labels) ->
                logits.argMax(1).toType(DataType.FLOAT32, false).mean();
        HeadLoss detached = (logits, labels) -> Losses.crossEntropy().loss(logits.stopGradient(), labels);
        HeadLoss wide =
                (logits, labels) -> Losses.crossEntropy().loss(logits, labels).toType(DataType.FLOAT64, false);
        HeadLoss closed = (logits, labels) -> {
            NDArray loss = Losses.crossEntropy().loss(logits, labels);
            loss.close();
            return loss;
        };
        HeadLoss failing = (logits, labels) -> {
            logits.duplicate().close();
            throw new IllegalStateException("no luck");
        };
        return Stream.of(
                Arguments.of("a constant", constant, "does not depend on its logits"),
                Arguments.of("a whole number", whole, "must be float32, got int64; whole numbers have no gradient"),
                Arguments.of("answers", answers, "does not depend on its logits"),
                Arguments.of("detached", detached, "does not depend on its logits"),
                Arguments.of("float64", wide, "must be float32, got float64; end it with toType"),
                Arguments.of("closed", closed, "is an array that is closed already"),
                Arguments.of("failing", failing, "failed: no luck"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lossesThatTeachNothing")
    void aLossThatCannotTeachEndsTheTrainingAtItsFirstStepAndNamesTheHead(String name, HeadLoss loss, String told)
            throws IOException {
        List<TrainingEvent> steps = new ArrayList<>();
        try (ImageDataset train = Toy.data(Toy.HEADS, 16, 8);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                        .addHeadOptions("colour", HeadOptions.loss(loss))
                        .addListener(event -> {
                            if (event instanceof TrainingEvent.StepDone) {
                                steps.add(event);
                            }
                        })
                        .build()) {
            assertThat(catchThrowable(() -> trainer.fit(train)))
                    .isInstanceOfAny(IllegalArgumentException.class, IllegalStateException.class)
                    .hasMessageContaining("the loss of head 'colour' " + told);
            assertThat(steps).isEmpty();
        }
    }

    @Test
    void aGradientOfExactly0InEveryStepEndsTheTraining() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 16, 8)) {
            assertFails(
                    Toy.trainer(Toy.HEADS).addHeadOptions("colour", HeadOptions.loss((logits, labels) -> logits.mul(0)
                            .sum()
                            .add(1))),
                    train,
                    "in epoch 1 of 2",
                    "the gradient of head 'colour' was exactly 0 in every step");
        }
    }

    @Test
    void aHeadOfWeight0NeedsNoGradient() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 16, 8);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                        .addHeadOptions(
                                "colour",
                                HeadOptions.loss((logits, labels) ->
                                                logits.mul(0).sum())
                                        .lossWeight(0))
                        .build()) {
            assertThat(trainer.fit(train, train).stopReason()).isEqualTo(StopReason.COMPLETED);
        }
    }

    @Test
    void aLossOfNaNEndsTheTrainingAfterItsFirstEpoch() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 24, 8)) {
            assertFails(
                    Toy.trainer(Toy.HEADS).addHeadOptions("colour", HeadOptions.loss((logits, labels) -> logits.sum()
                            .mul(Float.NaN))),
                    train,
                    "epoch 1 of 2",
                    "not one of its 3 steps was made");
        }
    }

    @Test
    void aScheduleOf0ThroughoutLearnsNothing() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 16, 8)) {
            assertFails(
                    Toy.trainer(Toy.HEADS).optSchedule((epoch, epochs) -> 0),
                    train,
                    "the learning rate was 0 in every step");
        }
    }

    @Test
    void numbersThatFloat32DoesNotHoldAreRefusedTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Toy.trainer(Toy.HEADS)
                        .optLearningRate(1e-320)
                        .optBackboneLearningRateFactor(1e300)
                        .addHeadOptions("colour", HeadOptions.standard().lossWeight(1e300))
                        .addHeadOptions("shape", HeadOptions.standard().lossWeight(1e-60))
                        .optGradientClipNorm(1e-60)
                        .build())
                .withMessageContaining("addHeadOptions(\"shape\", ...): lossWeight 1.0E-60: 0 in float32")
                .withMessageContaining("optGradientClipNorm(1.0E-60): a number above 0 in float32")
                .withMessageContaining("optLearningRate(1.0E-320): a finite number above 0 in float32")
                .withMessageContaining("optBackboneLearningRateFactor(1.0E300): a finite number above 0 in float32")
                .withMessageContaining(
                        "addHeadOptions(\"colour\", ...): lossWeight 1.0E300: a finite number of at least 0, in float32");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Toy.trainer(Toy.HEADS)
                        .addHeadOptions("colour", HeadOptions.standard().lossWeight(0))
                        .addHeadOptions("shape", HeadOptions.standard().lossWeight(1e-60))
                        .build())
                .withMessageContaining("every head of [shape, colour] has the weight 0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void balancesStayFiniteWhateverTheLosses(boolean gradNorm) throws IOException {
        // a loss below 0, and one that grows ten thousand times from epoch to epoch
        double[] factor = {1e-8};
        HeadLoss odd = (logits, labels) -> gradNorm
                ? Losses.crossEntropy().loss(logits, labels).sub(5)
                : Losses.crossEntropy().loss(logits, labels).mul((float) factor[0]);
        try (ImageDataset train = Toy.data(Toy.HEADS, 16, 8);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                        .optEpochs(3)
                        .optGradientClipNorm(1)
                        .optLossBalancing(gradNorm ? LossBalancing.gradNorm() : LossBalancing.dynamicAverage())
                        .addHeadOptions("colour", HeadOptions.loss(odd))
                        .addListener(TrainingListener.onEpoch(report -> factor[0] *= 10_000))
                        .build()) {
            assertThat(trainer.fit(train).last().training().loss()).isFinite();
        }
    }

    // nothing to learn from, or to evaluate on

    @Test
    void aTrainingOfWhichNoImageCanBeUsedEndsAtItsFirstEpoch() throws IOException {
        try (ImageDataset train = partlyBroken(Toy.HEADS, i -> true, FailedTrainingTest::all);
                ImageDataset whole = Toy.data(Toy.HEADS, 8, 8);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS).build()) {
            assertThatExceptionOfType(TrainingDivergedException.class)
                    .isThrownBy(() -> trainer.fit(train, whole))
                    .withMessageContaining("not one batch to learn from: 24 of the 24 training images cannot be used");
        }
    }

    @Test
    void anEvaluationOfWhichNoImageCanBeUsedIsNone() throws IOException {
        try (ImageDataset broken = partlyBroken(Toy.HEADS, i -> true, FailedTrainingTest::all);
                ImageDataset whole = Toy.data(Toy.HEADS, 16, 8);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS).build()) {
            assertThatIOException()
                    .isThrownBy(() -> trainer.fit(whole, broken))
                    .withMessage("nothing can be evaluated: none of the 24 images can be used");
            assertThatIOException().isThrownBy(() -> trainer.evaluate(broken));
        }
    }

    @Test
    void labelsThatAreLostWithTheirImagesAreMissedAfterTheFirstEpoch() throws IOException {
        // colour is known of the images that turn out to be broken only
        try (ImageDataset train = partlyBroken(Toy.HEADS, i -> i % 3 == 0, (index, colour, shape) -> {
                    Labels.Builder labels = Labels.builder(Toy.HEADS).setIndex("shape", shape);
                    return (index % 3 == 0 ? labels.setIndex("colour", colour) : labels).build();
                });
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS).build()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(train))
                    .withMessageStartingWith("none of the 16 training images that can be used (of 24) has a label for"
                            + " head 'colour'");
        }
    }

    @Test
    void oneAnswerForAllIsNothingToLearn() throws IOException {
        HeadSet colour = HeadSet.of(Toy.COLOUR);
        Toy.Labelling redIfWhole = (index, any, shape) -> Toy.labels(colour, index % 3 == 0 ? 1 : 0, shape);
        try (ImageDataset red = Toy.data(colour, 8, 8, (index, any, shape) -> Toy.labels(colour, 0, shape));
                ImageDataset train = partlyBroken(colour, i -> i % 3 == 0, redIfWhole);
                MultiLabelTrainer trainer = Toy.trainer(colour).build()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(red))
                    .withMessageContaining("there is nothing to learn from the 8 training images")
                    .withMessageContaining("colour [red]");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(train))
                    .withMessageContaining("there is nothing to learn from the 16 training images that can be used");
        }
    }

    @Test
    void aMetricThatLabelsCannotDefineIsRefusedBeforeTheFirstEpoch() throws IOException {
        List<TrainingEvent> heard = new ArrayList<>();
        try (ImageDataset train = Toy.data(Toy.HEADS, 16, 8);
                ImageDataset withoutColour =
                        Toy.data(Toy.HEADS, 8, 8, (index, colour, shape) -> Labels.builder(Toy.HEADS)
                                .setIndex("shape", shape)
                                .build())) {
            for (String metric : List.of("colour_accuracy", "colour_macro_f1", "colour_loss", "exact_match")) {
                try (MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                        .optMonitor(metric)
                        .addListener(heard::add)
                        .build()) {
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> trainer.fit(train, withoutColour))
                            .withMessageContaining("'validation_" + metric + "', which is not defined")
                            .withMessageContaining("'train_" + metric + "'");
                }
            }
            assertThat(heard).isEmpty();
            try (MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS).build()) {
                assertThat(trainer.fit(train, withoutColour)
                                .last()
                                .validation()
                                .orElseThrow()
                                .meanAccuracy())
                        .as("of the head that can be evaluated")
                        .isFinite();
            }
        }
    }

    @Test
    void aMetricThatLosesItsImagesEndsTheTraining() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 16, 8);
                ImageDataset validation = partlyBroken(Toy.HEADS, i -> i < 8, (index, colour, shape) -> {
                    Labels.Builder labels = Labels.builder(Toy.HEADS).setIndex("shape", shape);
                    return (index < 8 ? labels.setIndex("colour", colour) : labels).build();
                });
                MultiLabelTrainer trainer =
                        Toy.trainer(Toy.HEADS).optMonitor("colour_accuracy").build()) {
            assertThatExceptionOfType(TrainingDivergedException.class)
                    .isThrownBy(() -> trainer.fit(train, validation))
                    .withMessageContaining(
                            "'validation_colour_accuracy', which chooses the best epoch, is not defined");
        }
    }

    // what is told and saved

    @Test
    void aListenerThatFailsAtTheEndOfAnEpochDoesNotCostTheEpoch(@TempDir Path folder) throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 16, 8);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                        .optCheckpoints(folder)
                        .addListener(TrainingListener.onEpoch(report -> {
                            throw new IllegalStateException("no room for a log");
                        }))
                        .build()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> trainer.fit(train))
                    .withMessage("no room for a log");
        }
        assertThat(Files.isDirectory(folder.resolve("checkpoint-00000002"))).isTrue();
    }

    @Test
    void aRangeTestThatFindsNothingFiniteSaysSo() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 16, 8);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                        .addHeadOptions("colour", HeadOptions.loss((logits, labels) -> logits.sum()
                                .mul(Float.NaN)))
                        .build()) {
            LearningRateFinderResult range = trainer.findLearningRate(train);
            assertThat(range.suggestion()).isEmpty();
            assertThat(range.toString()).contains("the loss was not finite at the first rate already, 1.0e-07");
        }
    }

    @Test
    void weightsThatOverflowFloat16EndTheTraining() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 16, 8)) {
            assertFails(
                    sgd(1e4).optPrecision(Precision.FLOAT16).optGradientClipNorm(100),
                    train,
                    "the training failed",
                    "NaN");
        }
    }

    @Test
    void theWeightsOfAModelAreTheOnesOfItsLastStepAfterAFailure() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 8, 8);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                        .addHeadOptions("colour", HeadOptions.loss((logits, labels) -> logits.sum()
                                .mul(Float.NaN)))
                        .build()) {
            Map<String, float[]> before = Toy.weights(trainer);
            assertThatIllegalStateException().isThrownBy(() -> trainer.fit(train));
            Toy.weights(trainer)
                    .forEach((name, values) -> assertThat(values).as(name).isEqualTo(before.get(name)));
        }
    }
}
