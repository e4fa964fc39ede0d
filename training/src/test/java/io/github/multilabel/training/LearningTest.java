package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.evaluation.Evaluator;
import io.github.multilabel.evaluation.loss.ClassWeights;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.training.event.TrainingResult;
import io.github.multilabel.training.optimizer.Optimizers;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LearningTest {

    @Test
    void aTinyNetworkLearnsTwoHeads() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 240, 16);
                ImageDataset test = Toy.data(Toy.HEADS, 90, 32);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS).optEpochs(6).build()) {
            TrainingResult result = trainer.fit(train, test);
            Evaluation evaluation = trainer.evaluate(test);
            assertThat(evaluation.head("colour").accuracy()).isGreaterThan(0.95);
            assertThat(evaluation.head("shape").accuracy()).isGreaterThan(0.95);
            assertThat(evaluation.meanAccuracy())
                    .isEqualTo(result.best().validation().orElseThrow().meanAccuracy());
            assertThat(evaluation.samples()).isEqualTo(90);
            assertThat(result.history()).hasSize(6);
            assertThat(result.last().training().loss())
                    .isLessThan(result.history().get(0).training().loss());
            assertThat(result.last().training().samples()).isEqualTo(240);
        }
    }

    @Test
    void aHeadIsLearnedWithHalfOfItsLabelsMissing() throws IOException {
        HeadSet heads = HeadSet.of(Toy.SHAPE, Toy.COLOUR, Toy.TAGS);
        try (ImageDataset train = Toy.data(heads, 240, 16, (index, colour, shape) -> {
                    Labels all = Toy.labels(heads, colour, shape);
                    return index % 2 == 0
                            ? all
                            : Labels.builder(heads)
                                    .setIndex("shape", shape)
                                    .set("tags", all.categories("tags"))
                                    .build();
                });
                ImageDataset test = Toy.data(heads, 90, 32);
                MultiLabelTrainer trainer = Toy.trainer(heads).optEpochs(8).build()) {
            TrainingResult result = trainer.fit(train, test);
            assertThat(result.last().training().head("colour").support()).isEqualTo(120);
            Evaluation evaluation = trainer.evaluate(test);
            assertThat(evaluation.head("colour").accuracy()).isGreaterThan(0.95);
            assertThat(evaluation.head("tags").accuracy()).isGreaterThan(0.9);
        }
    }

    @Test
    void sgdBfloat16ClassWeightsClippingAndALossOfOnesOwnWorkTogether() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 240, 16);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                        .optEpochs(6)
                        .optOptimizer(Optimizers.sgd())
                        .optLearningRate(0.1)
                        .optPrecision(Precision.BFLOAT16)
                        .optGradientClipNorm(5)
                        .addHeadOptions(
                                "shape", HeadOptions.standard().lossWeight(2).classWeights(ClassWeights.balanced()))
                        .addHeadOptions("colour", HeadOptions.loss(LearningTest::weighted))
                        .build()) {
            TrainingResult result = trainer.fit(train);
            assertThat(result.bestEpoch()).isEqualTo(6);
            assertThat(result.last().validation()).isEmpty();
            Evaluation evaluation = trainer.evaluate(train);
            assertThat(evaluation.meanAccuracy()).isGreaterThan(0.9);
            assertThat(evaluation.loss())
                    .isCloseTo(
                            2 * evaluation.head("shape").loss()
                                    + evaluation.head("colour").loss(),
                            within(1e-9));
        }
    }

    /** Cross entropy in which the last of three categories counts more. */
    private static NDArray weighted(NDArray logits, NDArray labels) {
        NDArray label = labels.maximum(0);
        NDArray weights = logits.getManager()
                .create(new float[] {1, 1, 1.5f})
                .gather(label, 0)
                .mul(labels.gte(0).toType(DataType.FLOAT32, false));
        NDArray surprise =
                logits.logSoftmax(1).gather(label.expandDims(1), 1).squeeze(1).neg();
        return surprise.mul(weights).sum().div(weights.sum().maximum(1));
    }

    @Test
    void theLossOfAnEvaluationDoesNotDependOnTheBatches() throws IOException {
        try (ImageDataset large = Toy.data(Toy.HEADS, 50, 32);
                ImageDataset small = Toy.data(Toy.HEADS, 50, 7);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                        .addHeadOptions(
                                "colour", HeadOptions.standard().classWeights(ClassWeights.of(Map.of("red", 3.0))))
                        .build()) {
            trainer.fit(large);
            Evaluation one = trainer.evaluate(large);
            Evaluation other = trainer.evaluate(small);
            assertThat(other.loss()).isCloseTo(one.loss(), within(1e-5));
            assertThat(other.exactMatch()).isEqualTo(one.exactMatch());
        }
    }

    @Test
    void aModelThatCountsMirrorImagesIsEvaluatedSo() throws IOException {
        try (ImageDataset data = Toy.data(Toy.HEADS, 40, 16);
                MultiLabelTrainer trainer =
                        Toy.trainer(Toy.HEADS).optTestTimeFlip(true).build();
                MultiLabelTrainer plain = Toy.trainer(Toy.HEADS).build()) {
            trainer.fit(data);
            plain.fit(data);
            Evaluation both = trainer.evaluate(data);
            assertThat(Evaluator.evaluate(trainer.model(), data).loss()).isCloseTo(both.loss(), within(1e-5));
            assertThat(plain.evaluate(data).loss()).isNotCloseTo(both.loss(), within(1e-5));
        }
    }

    @Test
    void aBlockOfDjlIsABackboneToo() throws IOException {
        SequentialBlock block = new SequentialBlock()
                .add(Conv2d.builder()
                        .setKernelShape(new Shape(3, 3))
                        .setFilters(12)
                        .optStride(new Shape(2, 2))
                        .build())
                .add(Activation::relu)
                .add(Pool.globalAvgPool2dBlock());
        try (ImageDataset train = Toy.data(Toy.HEADS, 120, 16);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                        .setBackbone(Backbones.of("own", block))
                        .optImageSize(16)
                        .optEpochs(4)
                        .build()) {
            TrainingResult result = trainer.fit(train, train);
            assertThat(result.last().training().loss())
                    .isLessThan(result.history().get(0).training().loss());
            assertThat(trainer.evaluate(train).head("colour").accuracy()).isGreaterThan(0.8);
        }
    }

    @Test
    void theSameSeedGivesTheSameNumbersAndAnotherDoesNot() throws IOException {
        List<Double> first = losses(8);
        assertThat(losses(8)).isEqualTo(first);
        assertThat(losses(9)).isNotEqualTo(first);
    }

    private static List<Double> losses(long seed) throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 60, 16);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS).optSeed(seed).build()) {
            return trainer.fit(train, train).history().stream()
                    .flatMap(report ->
                            List.of(
                                    report.training().loss(),
                                    report.validation().orElseThrow().loss())
                                    .stream())
                    .toList();
        }
    }
}
