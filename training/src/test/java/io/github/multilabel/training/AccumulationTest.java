package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.evaluation.loss.ClassWeights;
import io.github.multilabel.evaluation.loss.HeadLoss;
import io.github.multilabel.evaluation.loss.Losses;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.training.event.TrainingDivergedException;
import io.github.multilabel.training.optimizer.Optimizers;
import io.github.multilabel.training.schedule.LearningRateSchedule;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AccumulationTest {

    private static final HeadSet HEADS = HeadSet.of(Toy.SHAPE, Toy.COLOUR, Toy.TAGS);

    /** Without batch norm, which alone sees the batches. */
    private static Backbone plain() {
        return Backbones.of(
                Network.builder("plain")
                        .conv("conv1", 8, 3, 2, 1, 1, true)
                        .relu("relu1")
                        .globalAveragePool("pool")
                        .build(),
                Preprocessing.imageNet(16).squashed());
    }

    private static MultiLabelTrainerBuilder trainer() {
        return Toy.trainer(HEADS)
                .setBackbone(plain())
                .optEpochs(2)
                .optOptimizer(Optimizers.sgd(0.9, 0))
                .optSchedule(LearningRateSchedule.constant());
    }

    /** The first images have no colour, every third no tags: the batches have very different numbers of labels. */
    private static ImageDataset data(int batchSize) throws IOException {
        return Toy.data(HEADS, 24, batchSize, (index, colour, shape) -> {
            Labels all = Toy.labels(HEADS, colour, shape);
            Labels.Builder some = Labels.builder(HEADS).setIndex("shape", shape);
            if (index >= 9) {
                some.setIndex("colour", colour);
            }
            if (index % 3 > 0) {
                some.set("tags", all.categories("tags"));
            }
            return some.build();
        });
    }

    private static Map<String, float[]> trained(MultiLabelTrainerBuilder builder, int batchSize) throws IOException {
        try (ImageDataset data = data(batchSize);
                MultiLabelTrainer trainer = builder.build()) {
            trainer.fit(data);
            return Toy.weights(trainer);
        }
    }

    private static MultiLabelTrainerBuilder weighted() {
        return trainer()
                .addHeadOptions("shape", HeadOptions.standard().lossWeight(0.5))
                .addHeadOptions(
                        "colour",
                        HeadOptions.standard().classWeights(ClassWeights.of(Map.of("red", 3.0, "green", 0.5))));
    }

    private static void assertClose(Map<String, float[]> actual, Map<String, float[]> expected) {
        expected.forEach(
                (name, values) -> assertThat(actual.get(name)).as(name).containsExactly(values, within(1e-5f)));
    }

    @Test
    void severalBatchesAreAsOneOfTheirSize() throws IOException {
        Map<String, float[]> together = trained(weighted(), 12);
        assertClose(trained(weighted().optGradientAccumulation(3), 4), together);
        assertClose(trained(weighted().optGradientAccumulation(12), 1), together);
    }

    @Test
    void theLastStepOfAnEpochHasTheBatchesThatAreLeft() throws IOException {
        // 24 images: 20 and 4
        assertClose(trained(weighted().optGradientAccumulation(5), 4), trained(weighted(), 20));
    }

    @Test
    void oneBadBatchOfSeveralTakesNothingOfThemIntoTheModel() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        // counted are two calls per batch, the first for its labels; the last backward but one is spoilt
        HeadLoss spoilt = (logits, labels) -> {
            boolean bad = calls.getAndIncrement() == 5;
            return Losses.crossEntropy().loss(logits, labels).mul(bad ? Float.NaN : 1);
        };
        try (ImageDataset data = data(8);
                MultiLabelTrainer trainer = trainer()
                        .optEpochs(1)
                        .optGradientAccumulation(3)
                        .addHeadOptions("shape", HeadOptions.loss(spoilt))
                        .build()) {
            float[] before = trainer.model()
                    .block()
                    .parametersByName()
                    .get("heads.weight")
                    .getArray()
                    .toFloatArray();
            assertThatExceptionOfType(TrainingDivergedException.class)
                    .isThrownBy(() -> trainer.fit(data))
                    .withMessageContaining("not one of its 1 steps was made");
            assertThat(trainer.model()
                            .block()
                            .parametersByName()
                            .get("heads.weight")
                            .getArray()
                            .toFloatArray())
                    .isEqualTo(before);
        }
    }
}
