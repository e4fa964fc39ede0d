package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.evaluation.internal.metrics.EvaluationJson;
import io.github.multilabel.evaluation.loss.ClassWeights;
import io.github.multilabel.evaluation.loss.Losses;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.testsupport.StandardError;
import io.github.multilabel.training.balance.LossBalancing;
import io.github.multilabel.training.event.StopReason;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.event.TrainingResult;
import io.github.multilabel.training.mix.BatchMix;
import io.github.multilabel.training.optimizer.Optimizers;
import io.github.multilabel.training.schedule.LearningRateSchedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 64 rows in 8 batches; one epoch of the heads alone, two of everything. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumeTest {

    private static final HeadSet HEADS = HeadSet.of(Toy.SHAPE, Toy.COLOUR, Toy.TAGS);

    private ImageDataset train;
    private ImageDataset validation;
    private Run whole;

    /** All that a run can be compared by. */
    private record Run(TrainingResult result, Map<Long, String> steps, Map<String, float[]> weights) {

        /** Speed apart. */
        List<String> history() {
            return result.history().stream()
                    .map(report -> report.epoch() + " " + report.learningRate() + " " + report.skippedBatches() + " "
                            + EvaluationJson.write(report.training()) + " "
                            + EvaluationJson.write(report.validation().orElseThrow()))
                    .toList();
        }

        void requireSame(Run expected) {
            assertThat(history()).isEqualTo(expected.history());
            assertThat(result.bestEpoch()).isEqualTo(expected.result.bestEpoch());
            steps.forEach((step, text) -> assertThat(text).isEqualTo(expected.steps.get(step)));
            expected.weights.forEach(
                    (name, values) -> assertThat(weights.get(name)).as(name).isEqualTo(values));
        }
    }

    @BeforeAll
    void trainWithoutInterruption() throws IOException {
        train = Toy.data(HEADS, 64, 8);
        validation = Toy.data(HEADS, 20, 8);
        whole = run(trainer(), train);
    }

    @AfterAll
    void close() {
        train.close();
        validation.close();
    }

    private static MultiLabelTrainerBuilder trainer() {
        return Toy.trainer(HEADS).optEpochs(3).optFreezeEpochs(1);
    }

    private Run run(MultiLabelTrainerBuilder builder, MultiLabelDataset data) throws IOException {
        Map<Long, String> steps = new LinkedHashMap<>();
        builder.addListener(event -> {
            if (event instanceof TrainingEvent.StepDone step) {
                steps.put(step.step(), step.toString());
            }
        });
        try (MultiLabelTrainer trainer = builder.build()) {
            TrainingResult result = trainer.fit(data, validation);
            return new Run(result, steps, Toy.weights(trainer));
        }
    }

    /** Trains until a step is done, then asks to stop. */
    private TrainingResult stopAfter(long stop, MultiLabelTrainerBuilder builder, MultiLabelDataset data)
            throws IOException {
        List<MultiLabelTrainer> self = new ArrayList<>();
        try (MultiLabelTrainer trainer = builder.addListener(event -> {
                    if (event instanceof TrainingEvent.StepDone step && step.step() == stop) {
                        self.get(0).stop();
                    }
                })
                .build()) {
            self.add(trainer);
            return trainer.fit(data, validation);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 8, 13, 16, 24})
    void aTrainingThatWasStoppedAnywhereGivesTheNumbersOfOneThatWasNot(long stop, @TempDir Path folder)
            throws IOException {
        TrainingResult half = stopAfter(stop, trainer().optCheckpoints(folder), train);
        assertThat(half.stopReason()).isEqualTo(StopReason.STOPPED);
        assertThat(half.history()).hasSize((int) (stop - 1) / 8);
        Run rest = run(trainer().optCheckpoints(CheckpointOptions.in(folder).resume()), train);
        assertThat(rest.steps()).hasSize(24 - (int) stop);
        assertThat(rest.result().stopReason()).isEqualTo(StopReason.COMPLETED);
        rest.requireSame(whole);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachRowIsSeenOnceInAnEpochWithAStop(boolean startsLater, @TempDir Path folder) throws IOException {
        Recording first = new Recording(train, startsLater);
        stopAfter(5, trainer().optCheckpoints(folder), first);
        assertThat(first.seen.get(0)).hasSize(40);
        Recording second = new Recording(train, startsLater);
        Run rest = run(trainer().optCheckpoints(CheckpointOptions.in(folder).resume()), second);
        rest.requireSame(whole);
        if (startsLater) {
            assertThat(Stream.concat(first.seen.get(0).stream(), second.seen.get(0).stream()))
                    .doesNotHaveDuplicates()
                    .hasSize(64);
        }
    }

    @Test
    void averagedWeightsAndGatheredBatchesGoOn(@TempDir Path folder) throws IOException {
        Run expected = run(averaged(), train);
        stopAfter(6, averaged().optCheckpoints(folder), train); // in the middle of the second epoch
        stopAfter(8, averaged().optCheckpoints(CheckpointOptions.in(folder).resume()), train); // at its end
        Run rest = run(averaged().optCheckpoints(CheckpointOptions.in(folder).resume()), train);
        assertThat(rest.steps()).hasSize(4);
        rest.requireSame(expected);
    }

    @Test
    void keptFeaturesOfAFrozenBackboneGoOn(@TempDir Path folder) throws IOException {
        Run expected = run(trainer().optFreezeEpochs(2), train);
        stopAfter(13, trainer().optFreezeEpochs(2).optCheckpoints(folder), train);
        run(
                        trainer()
                                .optFreezeEpochs(2)
                                .optCheckpoints(CheckpointOptions.in(folder).resume()),
                        train)
                .requireSame(expected);
    }

    /** With few steps after each start: those in which PyTorch still measures what it will compile. */
    @Test
    void whatABackboneDropsByChanceIsDroppedAgainAlsoInBfloat16(@TempDir Path folder) throws IOException {
        Run expected = run(dropping(), train);
        stopAfter(1, dropping().optCheckpoints(folder), train);
        stopAfter(5, dropping().optCheckpoints(CheckpointOptions.in(folder).resume()), train);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(
                        dropping()
                                .setBackbone(Backbones.byName("efficientnet_lite0"))
                                .optCheckpoints(CheckpointOptions.in(folder).resume()),
                        train))
                .withMessageContaining("- stochastic depth: 0.0 now, 0.5 in the checkpoint");
        Run rest = run(dropping().optCheckpoints(CheckpointOptions.in(folder).resume()), train);
        assertThat(rest.steps()).hasSize(3);
        rest.requireSame(expected);
    }

    /** In bfloat16 where the machine has it. */
    private static MultiLabelTrainerBuilder dropping() {
        return Toy.trainer(HEADS)
                .setBackbone(Backbones.byName("efficientnet_lite0").withStochasticDepth(0.5))
                .optImageSize(32)
                .optLearningRate(1e-3)
                .optPrecision(Precision.AUTO)
                .optEpochs(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 13})
    void whatHeadsDropByChanceIsDroppedAgain(long stop, @TempDir Path folder) throws IOException {
        Run expected = run(layered(), train);
        stopAfter(stop, layered().optCheckpoints(folder), train); // over kept features, or while all learns
        run(layered().optCheckpoints(CheckpointOptions.in(folder).resume()), train)
                .requireSame(expected);
    }

    private static MultiLabelTrainerBuilder layered() {
        return Toy.trainer(HEADS)
                .optEpochs(6)
                .optFreezeEpochs(3)
                .optGradientAccumulation(2)
                .addHeadOptions("colour", HeadOptions.standard().hiddenUnits(12))
                .optDropout(0.4)
                .addHeadOptions("tags", HeadOptions.standard().dropout(0.2))
                .optLossBalancing(LossBalancing.gradNorm());
    }

    /**
     * What AUTO would measure is one of them, and cannot be all. In float16 the first steps of the backbone overflow,
     * so that a scale which began anew would show.
     */
    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void autoGoesOnInThePrecisionOfTheCheckpointWithItsLossScale(Precision precision, @TempDir Path folder)
            throws IOException {
        // given
        Run expected = run(huge().optPrecision(precision), train);
        assertThat(expected.result().history().get(1).skippedBatches() > 0)
                .as("overflows where the backbone begins to learn")
                .isEqualTo(precision == Precision.FLOAT16);
        stopAfter(10, huge().optPrecision(precision).optCheckpoints(folder), train);
        // when
        Run rest = run(
                huge().optPrecision(Precision.AUTO)
                        .optCheckpoints(CheckpointOptions.in(folder).resume()),
                train);
        // then
        assertThat(rest.steps()).hasSize(14);
        rest.requireSame(expected);
    }

    private static MultiLabelTrainerBuilder huge() {
        return trainer().addHeadOptions("shape", HeadOptions.standard().lossWeight(1e4));
    }

    static Stream<LossBalancing> balances() {
        return Stream.of(LossBalancing.uncertainty(), LossBalancing.dynamicAverage(), LossBalancing.gradNorm());
    }

    @ParameterizedTest
    @MethodSource("balances")
    void balancedHeadsAndBlendedImagesGoOn(LossBalancing balance, @TempDir Path folder) throws IOException {
        Supplier<MultiLabelTrainerBuilder> blended = () -> Toy.trainer(HEADS)
                .optEpochs(3)
                .optLossBalancing(balance)
                .optBatchMix(BatchMix.either(BatchMix.mixUp(0.5), BatchMix.cutMix(1)));
        Run expected = run(blended.get(), train);
        stopAfter(5, blended.get().optCheckpoints(folder), train);
        stopAfter(
                16,
                blended.get().optCheckpoints(CheckpointOptions.in(folder).resume()),
                train); // at the end of an epoch
        run(blended.get().optCheckpoints(CheckpointOptions.in(folder).resume()), train)
                .requireSame(expected);
    }

    private static MultiLabelTrainerBuilder averaged() {
        return trainer().optEmaDecay(0.9).optGradientAccumulation(2);
    }

    @Test
    void aTrainingThatWasStoppedTwiceAndLostItsLastCheckpointGivesTheSame(@TempDir Path folder) throws IOException {
        stopAfter(10, trainer().optCheckpoints(CheckpointOptions.in(folder).everySteps(3)), train);
        stopAfter(
                14,
                trainer()
                        .optCheckpoints(
                                CheckpointOptions.in(folder).everySteps(3).resume()),
                train);
        assertThat(folder.resolve("checkpoint-00000012")).exists();
        try (FileChannel cut =
                FileChannel.open(folder.resolve("checkpoint-00000014/state.safetensors"), StandardOpenOption.WRITE)) {
            cut.truncate(cut.size() - 10);
        }
        Run rest = run(trainer().optCheckpoints(CheckpointOptions.in(folder).resume()), train);
        assertThat(rest.steps()).hasSize(12);
        rest.requireSame(whole);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("checkpoint-00000016", "checkpoint-00000024");
        }
    }

    @Test
    void aFinishedTrainingIsNotTrainedAgainAndMoreEpochsAreWelcome(@TempDir Path folder) throws IOException {
        run(trainer().optSchedule(LearningRateSchedule.constant()).optCheckpoints(folder), train);
        Run again = run(
                trainer()
                        .optSchedule(LearningRateSchedule.constant())
                        .optCheckpoints(CheckpointOptions.in(folder).resume()),
                train);
        assertThat(again.steps()).isEmpty();
        assertThat(again.result().history()).hasSize(3);
        Run longer = run(
                trainer()
                        .optSchedule(LearningRateSchedule.constant())
                        .optEpochs(4)
                        .optCheckpoints(CheckpointOptions.in(folder).resume()),
                train);
        assertThat(longer.steps()).hasSize(8);
        longer.requireSame(
                run(trainer().optSchedule(LearningRateSchedule.constant()).optEpochs(4), train));
    }

    @Test
    void settingsThatDifferAreToldTogether(@TempDir Path folder) throws IOException {
        stopAfter(9, trainer().optCheckpoints(folder), train);
        try (ImageDataset other = Toy.data(HEADS, 60, 4)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> run(
                            trainer()
                                    .optSeed(9)
                                    .optOptimizer(Optimizers.sgd())
                                    .optMonitor("loss")
                                    .optCheckpoints(CheckpointOptions.in(folder).resume()),
                            other))
                    .withMessageContaining("checkpoint-00000009")
                    .withMessageContaining("- optSeed: 9 now, 8 in the checkpoint")
                    .withMessageContaining("- optOptimizer: SGD")
                    .withMessageContaining("- training images: 60 now, 64 in the checkpoint")
                    .withMessageContaining("- batches per epoch: 15 now, 8 in the checkpoint")
                    .withMessageContaining("- optMonitor: validation_loss now");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(
                        trainer()
                                .optFreezeEpochs(2)
                                .optCheckpoints(CheckpointOptions.in(folder).resume()),
                        train))
                .withMessageContainingAll(
                        "it was saved in phase 2 after 0 of its epochs",
                        "keep the phases that began as they were, and add new ones after them");
    }

    @Test
    void fewerEpochsThanAreDoneAreRefusedByTheirNumber(@TempDir Path folder) throws IOException {
        run(trainer().optEpochs(3).optCheckpoints(folder), train);
        MultiLabelTrainerBuilder fewer = trainer()
                .optEpochs(2)
                .optCheckpoints(CheckpointOptions.in(folder).resume());
        assertThat(StandardError.during(() -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> run(fewer, train))
                        .withMessageEndingWith(
                                "3 epochs are done, and optEpochs(2) asks for fewer; ask for at least 4")))
                .as("warnings of numbers that nobody computes")
                .doesNotContain("the numbers");
    }

    @Test
    void howHeadsLearnMustBeAsItWas(@TempDir Path folder) throws IOException {
        stopAfter(9, taught().optCheckpoints(folder), train);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(
                        trainer()
                                .addHeadOptions(
                                        "colour",
                                        HeadOptions.loss(Losses.focal(3)).dropout(0.2))
                                .optLabelSmoothing(0.1)
                                .addHeadOptions(
                                        "shape", HeadOptions.standard().classWeights(ClassWeights.effectiveNumber()))
                                .optLossBalancing(LossBalancing.dynamicAverage(3))
                                .optBatchMix(BatchMix.either(BatchMix.mixUp(0.2), BatchMix.cutMix(2)))
                                .addHeadOptions(
                                        "tags",
                                        HeadOptions.standard().auxiliary().hiddenUnits(8))
                                .optCheckpoints(CheckpointOptions.in(folder).resume()),
                        train))
                .withMessageContainingAll(
                        "- losses (HeadOptions.loss, optLabelSmoothing): {shape=cross entropy with label smoothing 0.1, colour=focal loss with gamma 3.0,"
                                + " tags=binary cross entropy} now, {shape=cross entropy,"
                                + " colour=focal loss with gamma 2.0, tags=of one's own} in the checkpoint",
                        "- HeadOptions.classWeights: {shape=weights by effective number with beta 0.999} now,"
                                + " {colour=given weights {blue=2.0, red=3.0}} in the checkpoint",
                        "- optLossBalancing: dynamic average with temperature 3.0 now, dynamic average with temperature 2.0 in",
                        "- optBatchMix: either MixUp with alpha 0.2 or CutMix with alpha 2.0 now, none in the checkpoint",
                        "- main heads (HeadOptions.auxiliary): [shape, colour] now, [shape, colour, tags] in the checkpoint",
                        "- head layers (HeadOptions.hiddenUnits, optDropout): {shape=linear, colour=linear, dropout 0.2, tags=8 hidden} now, {shape=linear,"
                                + " colour=linear, tags=linear} in the checkpoint")
                .withMessageNotContaining("shapes of the weights");
        run(taught().optCheckpoints(CheckpointOptions.in(folder).resume()), train)
                .requireSame(run(taught(), train));
    }

    private static MultiLabelTrainerBuilder taught() {
        return trainer()
                .addHeadOptions(
                        "colour",
                        HeadOptions.loss(Losses.focal(2))
                                .classWeights(ClassWeights.of(Map.of("red", 3.0, "blue", 2.0))))
                .addHeadOptions("tags", HeadOptions.loss((logits, labels) -> Losses.binaryCrossEntropy()
                        .loss(logits, labels)))
                .optLossBalancing(LossBalancing.dynamicAverage());
    }

    /** Settings that it did not save cannot be compared. */
    @Test
    void aCheckpointOfAnEarlierReleaseGoesOn(@TempDir Path folder) throws IOException {
        stopAfter(9, trainer().optCheckpoints(folder), train);
        Path checkpoint = folder.resolve("checkpoint-00000009");
        CheckpointSamples.change(checkpoint, settings -> {
            for (String setting : List.of(
                    "head layers",
                    "losses",
                    "class weights",
                    "balance",
                    "mix",
                    "answered heads",
                    "stochastic depth",
                    "backbone name",
                    "backbone network",
                    "frozen parameters",
                    "validation images",
                    "schedules")) {
                assertThat(settings.remove(setting)).as(setting).isNotNull();
            }
        });
        Run rest = run(trainer().optCheckpoints(CheckpointOptions.in(folder).resume()), train);
        assertThat(rest.steps()).hasSize(15);
        rest.requireSame(whole);
    }

    @Test
    void aDiskThatTakesNoCheckpointDoesNotEndTheTraining(@TempDir Path folder) throws IOException {
        Path blocked = folder.resolve("checkpoints");
        List<TrainingEvent> failures = new ArrayList<>();
        Run run = run(
                trainer().optCheckpoints(blocked).addListener(event -> {
                    if (event instanceof TrainingEvent.CheckpointFailed) {
                        failures.add(event);
                    } else if (event instanceof TrainingEvent.StepDone step && step.step() == 1) {
                        write(blocked); // a file where the folder should be
                    }
                }),
                train);
        assertThat(failures).hasSize(3);
        run.requireSame(whole);
    }

    private static void write(Path file) {
        try {
            AtomicOutput.delete(file);
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anInterruptStopsAfterTheBatchAndStaysWithTheThread(@TempDir Path folder) throws IOException {
        try (MultiLabelTrainer trainer = trainer()
                .optCheckpoints(folder)
                .addListener(event -> {
                    if (event instanceof TrainingEvent.StepDone step && step.step() == 12) {
                        Thread.currentThread().interrupt();
                    }
                })
                .build()) {
            TrainingResult result = trainer.fit(train, validation);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(result.stopReason()).isEqualTo(StopReason.STOPPED);
            assertThat(result.history()).hasSize(1);
        }
        run(trainer().optCheckpoints(CheckpointOptions.in(folder).resume()), train)
                .requireSame(whole);
    }

    @Test
    void aStopInTheFirstEpochLeavesNoEpochToAskFor() throws IOException {
        TrainingResult nothing = stopAfter(2, trainer(), train);
        assertThat(nothing.history()).isEmpty();
        assertThat(nothing.bestEpoch()).isZero();
        assertThatIllegalStateException()
                .isThrownBy(nothing::best)
                .withMessage("the training was stopped before its first epoch was over");
    }

    @Test
    void aListenerThatFailsAfterAStepLeavesTheLastCheckpoint(@TempDir Path folder) throws IOException {
        RuntimeException enough = new RuntimeException("enough");
        assertThatThrownBy(() -> run(
                        trainer()
                                .optCheckpoints(CheckpointOptions.in(folder).everySteps(2))
                                .addListener(event -> {
                                    if (event instanceof TrainingEvent.StepDone step && step.step() == 7) {
                                        throw enough;
                                    }
                                }),
                        train))
                .isSameAs(enough);
        Run rest = run(trainer().optCheckpoints(CheckpointOptions.in(folder).resume()), train);
        assertThat(rest.steps()).hasSize(18);
        rest.requireSame(whole);
    }

    @Test
    void patienceEndsTheTrainingAndAResumeKnowsIt(@TempDir Path folder) throws IOException {
        MultiLabelTrainerBuilder hopeless = Toy.trainer(HEADS)
                .optEpochs(6)
                .optLearningRate(1e-12)
                .optMonitor("exact_match")
                .optEarlyStopping(2)
                .optCheckpoints(folder);
        Run early = run(hopeless, train);
        assertThat(early.result().stopReason()).isEqualTo(StopReason.EARLY_STOPPED);
        assertThat(early.result().history()).hasSizeLessThan(6);
        Run again = run(
                Toy.trainer(HEADS)
                        .optEpochs(6)
                        .optLearningRate(1e-12)
                        .optMonitor("exact_match")
                        .optEarlyStopping(2)
                        .optCheckpoints(CheckpointOptions.in(folder).resume()),
                train);
        assertThat(again.steps()).isEmpty();
        assertThat(again.result().stopReason()).isEqualTo(StopReason.EARLY_STOPPED);
        again.requireSame(early);
    }
}
