package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.augment.Augmentation;
import io.github.multilabel.evaluation.loss.HeadLoss;
import io.github.multilabel.evaluation.loss.Losses;
import io.github.multilabel.training.event.TrainingDivergedException;
import io.github.multilabel.training.event.TrainingResult;
import io.github.multilabel.training.optimizer.Optimizers;
import io.github.multilabel.training.schedule.LearningRateSchedule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One loss or gradient that is not finite costs its step, and neither the model nor the steps after it. */
class NonFiniteBatchTest {

    private static MultiLabelTrainerBuilder trainer() {
        return Toy.trainer(Toy.HEADS)
                .optEpochs(1)
                .optOptimizer(Optimizers.sgd())
                .optSchedule(LearningRateSchedule.constant());
    }

    /** Cross entropy that is spoilt in the calls whose number, from 0, is among those given. */
    private static HeadLoss spoilt(boolean lossItself, Integer... calls) {
        AtomicInteger call = new AtomicInteger();
        return (logits, labels) -> {
            NDArray loss = Losses.crossEntropy().loss(logits, labels);
            if (!List.of(calls).contains(call.getAndIncrement())) {
                return loss;
            }
            // the square root of 0 is finite, its slope is not
            return lossItself
                    ? loss.mul(Float.NaN)
                    : loss.add(logits.sub(logits.duplicate()).sum().sqrt());
        };
    }

    private static float[] weights(MultiLabelTrainer trainer) {
        List<Float> all = new ArrayList<>();
        trainer.model().block().parametersByName().values().forEach(parameter -> {
            for (float value : parameter.getArray().toFloatArray()) {
                all.add(value);
            }
        });
        float[] values = new float[all.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = all.get(i);
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBadBatchLeavesTheModelBitForBitAsItWas(boolean lossItself) throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 16, 8);
                MultiLabelTrainer trainer = trainer()
                        .addHeadOptions("colour", HeadOptions.loss(spoilt(lossItself, 0, 1)))
                        .build()) {
            float[] before = weights(trainer);
            assertThatExceptionOfType(TrainingDivergedException.class)
                    .isThrownBy(() -> trainer.fit(train))
                    .withMessageContaining("not one of its 2 steps was made");
            assertThat(weights(trainer)).as("running statistics included").isEqualTo(before);
        }
    }

    @Test
    void aBadBatchInTheMiddleChangesNothingForTheOthers() throws IOException {
        try (ImageDataset drawn = Toy.data(Toy.HEADS, 24, 8)) {
            List<Sample> all = drawn.samples();
            List<Sample> others = new ArrayList<>(all.subList(0, 8));
            others.addAll(all.subList(16, 24));
            try (ImageDataset two = inOrder(others);
                    ImageDataset three = inOrder(all);
                    MultiLabelTrainer clean = trainer().build();
                    MultiLabelTrainer disturbed = trainer()
                            .addHeadOptions("colour", HeadOptions.loss(spoilt(true, 1)))
                            .build()) {
                clean.fit(two);
                TrainingResult result = disturbed.fit(three);
                assertThat(result.last().skippedBatches()).isEqualTo(1);
                float[] expected = weights(clean);
                float[] actual = weights(disturbed);
                for (int i = 0; i < expected.length; i++) {
                    assertThat(actual[i]).isCloseTo(expected[i], within(1e-5f));
                }
            }
        }
    }

    private static ImageDataset inOrder(List<Sample> samples) throws IOException {
        return ImageDataset.builder()
                .setHeads(Toy.HEADS)
                .addSamples(samples)
                .optBatchSize(8)
                .optShuffle(false)
                .optAugmentation(Augmentation.none())
                .optThreads(1)
                .build();
    }

    @Test
    void tooManyInARowStopTheTrainingAndNameTheBatch() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 32, 8);
                MultiLabelTrainer trainer = trainer()
                        .optNonFiniteLimit(3)
                        .addHeadOptions("colour", HeadOptions.loss(spoilt(true, 0, 1, 2, 3)))
                        .build()) {
            float[] before = weights(trainer);
            assertThatIllegalStateException()
                    .isThrownBy(() -> trainer.fit(train))
                    .withMessageContaining("3 batches in a row")
                    .withMessageContaining("batch 2 of 4")
                    .withMessageContaining("colour=NaN")
                    .withMessageContaining(".png")
                    .withMessageContaining("learning rate 0.02");
            assertThat(weights(trainer)).isEqualTo(before);
            assertThat(trainer.evaluate(train).samples()).isEqualTo(32);
        }
    }
}
