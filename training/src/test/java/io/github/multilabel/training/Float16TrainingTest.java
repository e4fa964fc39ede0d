package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.evaluation.loss.HeadLoss;
import io.github.multilabel.evaluation.loss.Losses;
import io.github.multilabel.training.event.EpochReport;
import io.github.multilabel.training.event.TrainingResult;
import io.github.multilabel.training.internal.checkpoint.CheckpointStore;
import io.github.multilabel.training.internal.checkpoint.SavedCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a CPU without float16, PyTorch computes it slowly but rightly. */
class Float16TrainingTest {

    /** So large a gradient that with the first scale it is beyond float16, where it enters the backbone. */
    private static final double HUGE = 1e5;

    private static MultiLabelTrainerBuilder trainer() {
        return Toy.trainer(Toy.HEADS).optPrecision(Precision.FLOAT16);
    }

    @Test
    void aTinyNetworkLearnsAsInFloat32() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 160, 16);
                MultiLabelTrainer half = trainer().optEpochs(5).build();
                MultiLabelTrainer whole = Toy.trainer(Toy.HEADS).optEpochs(5).build()) {
            // when
            TrainingResult inHalf = half.fit(train);
            TrainingResult inWhole = whole.fit(train);
            // then
            assertThat(inHalf.last().skippedBatches()).isZero();
            assertThat(half.evaluate(train).meanAccuracy()).isGreaterThan(0.9);
            double first = inHalf.history().get(0).training().loss();
            assertThat(first).isNotEqualTo(inWhole.history().get(0).training().loss());
            assertThat(Math.abs(first - inWhole.history().get(0).training().loss()))
                    .isLessThan(0.05);
        }
    }

    @Test
    void aStepWhoseGradientOverflowsIsSkippedWithoutATraceButASmallerScale(@TempDir Path folder) throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 16, 8);
                MultiLabelTrainer trainer = trainer()
                        .optEpochs(1)
                        .addHeadOptions("shape", HeadOptions.standard().lossWeight(HUGE))
                        .optNonFiniteLimit(1)
                        .optCheckpoints(CheckpointOptions.in(folder).everySteps(2))
                        .build()) {
            // given
            Map<String, float[]> before = Toy.weights(trainer);
            // when
            assertThatIllegalStateException()
                    .as("one bad batch would be the limit, but an epoch without a step is no success")
                    .isThrownBy(() -> trainer.fit(train))
                    .withMessageContaining("not one of its 2 steps was made");
            // then
            Toy.weights(trainer).forEach((name, values) -> assertThat(values)
                    .as("%s, running statistics included", name)
                    .isEqualTo(before.get(name)));
            assertThat(scale(folder)).isEqualTo("{\"value\":16384.0,\"steps\":0}");
            assertThat(optimizerState(folder)).isNotEmpty().allSatisfy(values -> assertThat(values)
                    .containsOnly(0f));
        }
    }

    @Test
    void theScaleFallsUntilTheGradientFitsAndThenTheModelLearns(@TempDir Path folder) throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 160, 8);
                MultiLabelTrainer trainer = trainer()
                        .optEpochs(2)
                        .addHeadOptions("shape", HeadOptions.standard().lossWeight(HUGE))
                        .addHeadOptions("colour", HeadOptions.standard().lossWeight(HUGE))
                        .optCheckpoints(folder)
                        .build()) {
            TrainingResult result = trainer.fit(train);
            int skipped = result.history().stream()
                    .mapToInt(EpochReport::skippedBatches)
                    .sum();
            assertThat(skipped).isBetween(3, 20);
            assertThat(scale(folder))
                    .isEqualTo("{\"value\":" + Math.scalb(65536.0, -skipped) + ",\"steps\":"
                            + stepsSinceTheLastSkip(folder) + "}");
            assertThat(result.last().training().loss())
                    .isLessThan(result.history().get(0).training().loss());
        }
    }

    private static int stepsSinceTheLastSkip(Path folder) throws IOException {
        return Integer.parseInt(scale(folder).replaceAll(".*\"steps\":(\\d+).*", "$1"));
    }

    @Test
    void aGradientThatIsNotFiniteAtAnyScaleEndsTheTraining() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 8, 4);
                MultiLabelTrainer trainer = trainer()
                        .optEpochs(20)
                        .optNonFiniteLimit(3)
                        // the square root of 0 is finite, its slope is not
                        .addHeadOptions("colour", HeadOptions.loss((logits, labels) -> Losses.crossEntropy()
                                .loss(logits, labels)
                                .add(logits.sub(logits.duplicate()).sum().sqrt())))
                        .build()) {
            Map<String, float[]> before = Toy.weights(trainer);
            assertThatIllegalStateException()
                    .isThrownBy(() -> trainer.fit(train))
                    .withMessageContaining("3 batches in a row")
                    .withMessageContaining("gradient norm NaN")
                    .withMessageContaining("loss scale 0.125. The model is as it was");
            Toy.weights(trainer)
                    .forEach((name, values) -> assertThat(values).as(name).isEqualTo(before.get(name)));
        }
    }

    /** It is not scaled yet, so no other scale would help. */
    @Test
    void aLossThatIsNotFiniteCountsAtOnce() throws IOException {
        HeadLoss spoilt =
                (logits, labels) -> Losses.crossEntropy().loss(logits, labels).mul(Float.NaN);
        try (ImageDataset train = Toy.data(Toy.HEADS, 32, 8);
                MultiLabelTrainer trainer = trainer()
                        .optNonFiniteLimit(3)
                        .addHeadOptions("colour", HeadOptions.loss(spoilt))
                        .build()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> trainer.fit(train))
                    .withMessageContaining("3 batches in a row")
                    .withMessageContaining("loss scale 65536.0");
        }
    }

    private static String scale(Path folder) throws IOException {
        try (SavedCheckpoint checkpoint = new CheckpointStore(folder).newest().orElseThrow()) {
            JsonObject scale = checkpoint.description().getAsJsonObject("lossScale");
            return scale.toString();
        }
    }

    private static List<float[]> optimizerState(Path folder) throws IOException {
        try (SavedCheckpoint checkpoint = new CheckpointStore(folder).newest().orElseThrow();
                NDManager manager = NDManager.newBaseManager()) {
            return checkpoint.tensors(manager, "step.optimizer.").values().stream()
                    .map(array -> array.toFloatArray())
                    .toList();
        }
    }
}
