package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.evaluation.internal.metrics.EvaluationJson;
import io.github.multilabel.evaluation.loss.ClassWeights;
import io.github.multilabel.training.balance.LossBalancing;
import io.github.multilabel.training.event.LearningRateFinderResult;
import io.github.multilabel.training.event.StopReason;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.mix.BatchMix;
import io.github.multilabel.training.optimizer.Optimizers;
import io.github.multilabel.training.schedule.LearningRateSchedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** 64 images in 8 batches, so that 100 steps see them 13 times. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FindLearningRateTest {

    private static final HeadSet HEADS = HeadSet.of(Toy.SHAPE, Toy.COLOUR, Toy.TAGS);

    private ImageDataset train;

    @BeforeAll
    void draw() throws IOException {
        train = Toy.data(HEADS, 64, 8);
    }

    @AfterAll
    void close() {
        train.close();
    }

    private static void requireSame(Map<String, float[]> weights, Map<String, float[]> expected) {
        expected.forEach(
                (name, values) -> assertThat(weights.get(name)).as(name).isEqualTo(values));
    }

    @Test
    void aRateIsSuggestedThatLearnsBetterThanAThirtiethAndThirtyTimesOfIt() throws IOException {
        double suggested;
        try (MultiLabelTrainer trainer = Toy.trainer(HEADS).optSeed(0).build()) {
            LearningRateFinderResult range = trainer.findLearningRate(train);
            assertThat(range.complete()).isTrue();
            assertThat(range.rates().get(0)).isEqualTo(1e-7);
            suggested = range.suggestion().orElseThrow();
        }
        double loss = lossAfterTraining(suggested);
        assertThat(loss).isLessThan(lossAfterTraining(suggested / 30)).isLessThan(lossAfterTraining(suggested * 30));
    }

    private double lossAfterTraining(double rate) throws IOException {
        try (MultiLabelTrainer trainer = Toy.trainer(HEADS)
                .optSeed(0) // one-cycle rates work at thirty times the rate, too, from some first weights
                .optSchedule(LearningRateSchedule.oneCycle())
                .optLearningRate(rate)
                .optEpochs(3)
                .build()) {
            return trainer.fit(train).history().get(2).training().loss();
        }
    }

    static Stream<Supplier<MultiLabelTrainerBuilder>> trainers() {
        return Stream.of(
                () -> Toy.trainer(HEADS),
                () -> Toy.trainer(HEADS).optPrecision(Precision.FLOAT16), // its first steps overflow
                () -> Toy.trainer(HEADS)
                        .optOptimizer(Optimizers.sgd())
                        .optFreezeEpochs(1)
                        .optNonFiniteLimit(1)
                        .optEarlyStopping(1),
                () -> Toy.trainer(HEADS)
                        .optEmaDecay(0.9)
                        .optGradientAccumulation(3)
                        .optLossBalancing(LossBalancing.uncertainty())
                        .optBatchMix(BatchMix.mixUp(0.4))
                        .addHeadOptions("tags", HeadOptions.standard().auxiliary())
                        .addHeadOptions("colour", HeadOptions.standard().classWeights(ClassWeights.balanced())));
    }

    @ParameterizedTest
    @MethodSource("trainers")
    void aTrainingAfterATestGivesTheNumbersOfOneWithout(Supplier<MultiLabelTrainerBuilder> builder) throws IOException {
        try (MultiLabelTrainer without = builder.get().build();
                MultiLabelTrainer with = builder.get().build()) {
            JsonObject evaluated = EvaluationJson.write(with.evaluate(train));
            Map<String, float[]> before = Toy.weights(with);
            assertThat(with.findLearningRate(train, 1e-6, 10, 40).rates()).hasSizeGreaterThan(20);
            requireSame(Toy.weights(with), before);
            assertThat(EvaluationJson.write(with.evaluate(train))).isEqualTo(evaluated);
            assertThat(EvaluationJson.write(with.fit(train).history().get(1).training()))
                    .isEqualTo(EvaluationJson.write(
                            without.fit(train).history().get(1).training()));
            requireSame(Toy.weights(with), Toy.weights(without));
        }
    }

    /** A trainer whose loss does something at each step. */
    private static MultiLabelTrainerBuilder disturbed(IntConsumer atStep) {
        AtomicInteger step = new AtomicInteger();
        return Toy.trainer(Toy.HEADS).addHeadOptions("colour", HeadOptions.loss((logits, labels) -> {
            atStep.accept(step.incrementAndGet());
            return logits.square().mean();
        }));
    }

    @Test
    void aTestThatIsStoppedOrInterruptedTellsWhatItFoundAndLeavesTheModelAsItWas() throws IOException {
        List<MultiLabelTrainer> self = new ArrayList<>();
        Map<String, Runnable> ends = Map.of(
                "stop", () -> self.get(0).stop(),
                "interrupt", () -> Thread.currentThread().interrupt());
        for (Map.Entry<String, Runnable> end : ends.entrySet()) {
            try (ImageDataset data = Toy.data(Toy.HEADS, 64, 8);
                    MultiLabelTrainer trainer = disturbed(step -> {
                                if (step == 30) {
                                    end.getValue().run();
                                }
                            })
                            .build()) {
                self.add(0, trainer);
                Map<String, float[]> before = Toy.weights(trainer);
                LearningRateFinderResult range = trainer.findLearningRate(data);
                assertThat(Thread.interrupted()).isEqualTo(end.getKey().equals("interrupt"));
                assertThat(range.complete()).isFalse();
                assertThat(range.rates()).hasSize(30);
                assertThat(range.toString()).contains("30 rates were tried", "where it was stopped");
                requireSame(Toy.weights(trainer), before);
                assertThat(trainer.fit(data).stopReason()).isEqualTo(StopReason.COMPLETED);
            }
        }
    }

    @Test
    void aTestThatFailsLeavesTheModelAsItWas() throws IOException {
        RuntimeException broken = new RuntimeException("broken");
        try (ImageDataset data = Toy.data(Toy.HEADS, 64, 8);
                MultiLabelTrainer trainer = disturbed(step -> {
                            if (step == 90) {
                                throw broken;
                            }
                        })
                        .build()) {
            Map<String, float[]> before = Toy.weights(trainer);
            int arrays = trainer.model().manager().getManagedArrays().size();
            assertThatThrownBy(() -> trainer.findLearningRate(data)).isSameAs(broken);
            requireSame(Toy.weights(trainer), before);
            assertThat(trainer.model().manager().getManagedArrays()).hasSize(arrays);
            assertThat(trainer.fit(data).stopReason()).isEqualTo(StopReason.COMPLETED);
        }
    }

    @Test
    void aLossThatIsNotFiniteEndsTheTest() throws IOException {
        AtomicInteger step = new AtomicInteger();
        try (ImageDataset data = Toy.data(Toy.HEADS, 64, 8);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                        .optNonFiniteLimit(1)
                        .addHeadOptions("colour", HeadOptions.loss((logits, labels) -> logits.square()
                                .mean()
                                .mul(step.incrementAndGet() == 40 ? Float.NaN : 1f)))
                        .build()) {
            LearningRateFinderResult range = trainer.findLearningRate(data);
            assertThat(range.complete()).isTrue();
            assertThat(range.losses()).hasSize(40).last().isEqualTo(Double.NaN);
        }
    }

    @Test
    void theTestIsNoTrainingToListenersAndCheckpoints(@TempDir Path folder) throws IOException {
        List<TrainingEvent> heard = new ArrayList<>();
        try (MultiLabelTrainer trainer = Toy.trainer(HEADS)
                .optCheckpoints(folder.resolve("checkpoints"))
                .addListener(heard::add)
                .build()) {
            trainer.findLearningRate(train, 1e-5, 1e-4, 20);
            assertThat(heard).isEmpty();
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void theRatesAreThoseThatWereAskedFor() throws IOException {
        try (MultiLabelTrainer trainer = Toy.trainer(HEADS).build()) {
            LearningRateFinderResult range = trainer.findLearningRate(train, 1e-5, 1e-3, 21);
            assertThat(range.rates()).hasSize(21);
            assertThat(range.rates().get(0)).isEqualTo(1e-5);
            assertThat(range.rates().get(10)).isCloseTo(1e-4, within(1e-12));
            assertThat(range.rates().get(20)).isCloseTo(1e-3, within(1e-12));
            assertThat(range.complete()).isTrue();
        }
    }

    @Test
    void stepsWithoutAnyLabelTellNothing() throws IOException {
        try (ImageDataset data = Toy.data(
                        Toy.HEADS,
                        40,
                        1,
                        (index, colour, shape) -> index % 2 == 0
                                ? Toy.labels(Toy.HEADS, colour, shape)
                                : Labels.builder(Toy.HEADS).build());
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS).build()) {
            LearningRateFinderResult range = trainer.findLearningRate(data, 1e-7, 1e-5, 40);
            assertThat(range.losses()).hasSize(20).doesNotContain(0.0);
        }
    }

    @Test
    void whatCannotBeTriedIsRefusedBeforeAnythingRuns() throws IOException {
        try (ImageDataset others = Toy.data(HeadSet.of(Toy.COLOUR), 8, 8);
                MultiLabelTrainer trainer = Toy.trainer(HEADS).build()) {
            for (double[] range : new double[][] {{0, 1}, {1, 1}, {1e-3, Double.NaN}, {1, Double.POSITIVE_INFINITY}}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> trainer.findLearningRate(train, range[0], range[1], 100))
                        .withMessageContaining("from " + range[0] + " to " + range[1])
                        .withMessageContaining("1e-7 and 10 are usual");
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.findLearningRate(train, 1e-7, 10, 19))
                    .withMessageContaining("19 steps", "at least 20");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.findLearningRate(others))
                    .withMessageContaining("does not fit the model");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.findLearningRate(null))
                    .withMessageContaining("training data is null");
        }
    }
}
