package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.basicmodelzoo.cv.classification.ResNetV1;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.internal.InferenceProgram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Any DJL block can be a backbone. */
class ForeignBackboneTest {

    private static final HeadSet HEADS =
            HeadSet.of(Head.singleLabel("type", "Coupe", "SUV", "Van"), Head.singleLabel("year", "old", "new"));

    private final NDManager manager = NDManager.newBaseManager();
    private final ParameterStore store = new ParameterStore(manager, false);

    @AfterEach
    void closeManager() {
        manager.close();
    }

    private static Block djlResNet() {
        return ResNetV1.builder()
                .setImageShape(new Shape(3, 32, 32))
                .setNumLayers(18)
                .setOutSize(24)
                .build();
    }

    private static Block pooled() {
        return new SequentialBlock()
                .add(Conv2d.builder()
                        .setKernelShape(new Shape(3, 3))
                        .setFilters(8)
                        .build())
                .add(BatchNorm.builder().build())
                .add(inputs ->
                        new NDList(inputs.head().mean(new int[] {2}, true).mean(new int[] {3}, true)));
    }

    private MultiHeadBlock initialised(Block backbone) {
        MultiHeadBlock block = new MultiHeadBlock(backbone, HEADS);
        block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 32, 32));
        return block;
    }

    private NDList step(MultiHeadBlock block, NDArray image) {
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            NDList logits = block.forward(store, new NDList(image), true);
            gradients.backward(logits.get("type")
                    .square()
                    .sum()
                    .add(logits.get("year").square().sum()));
            return logits;
        }
    }

    @Test
    void aResNetOfDjlsOwnZooTrains() {
        try (MultiHeadBlock block = initialised(djlResNet())) {
            NDList logits = step(block, manager.randomNormal(new Shape(4, 3, 32, 32)));
            assertThat(logits.getShapes()).containsExactly(new Shape(4, 3), new Shape(4, 2));
            assertThat(block.parametersByName().get("heads.weight").getShape()).isEqualTo(new Shape(5, 24));
            Parameter first = block.backbone().getParameters().values().stream()
                    .filter(parameter -> parameter.getType() == Parameter.Type.WEIGHT)
                    .findFirst()
                    .orElseThrow();
            assertThat(first.getArray().getGradient().norm().getFloat()).isPositive();
        }
    }

    @Test
    void featuresOfFourAxesAreFlattened() {
        try (MultiHeadBlock block = initialised(pooled())) {
            NDArray image = manager.randomNormal(new Shape(2, 3, 32, 32));
            assertThat(block.features(store, image, false).getShape()).isEqualTo(new Shape(2, 8));
            assertThat(block.getOutputShapes(new Shape[] {image.getShape()}))
                    .containsExactly(new Shape(2, 3), new Shape(2, 2));
        }
    }

    @Test
    void aFrozenBackboneKeepsItsStatistics() {
        try (MultiHeadBlock block = initialised(pooled())) {
            block.setBackboneFrozen(true);
            NDArray mean = statistics(block);
            float[] before = mean.toFloatArray();
            step(block, manager.randomNormal(new Shape(4, 3, 32, 32)));
            assertThat(mean.toFloatArray()).containsExactly(before);

            block.setBackboneFrozen(false);
            assertThat(mean.hasGradient()).as("statistics are not trained").isFalse();
            step(block, manager.randomNormal(new Shape(4, 3, 32, 32)));
            assertThat(mean.toFloatArray()).isNotEqualTo(before);
        }
    }

    private static NDArray statistics(MultiHeadBlock block) {
        return block.backbone().getParameters().values().stream()
                .filter(parameter -> parameter.getType() == Parameter.Type.RUNNING_MEAN)
                .findFirst()
                .orElseThrow()
                .getArray();
    }

    @Test
    void predictionEqualsEvaluationAndLeavesNothingBehind() {
        try (MultiHeadBlock block = initialised(djlResNet());
                InferenceProgram inference = block.newInference(Precision.BFLOAT16)) {
            NDArray image = manager.randomNormal(new Shape(2, 3, 32, 32));
            NDArray expected = block.forward(store, new NDList(image), false).get("year");
            int before = manager.getManagedArrays().size();
            try (NDManager call = manager.newSubManager()) {
                NDList logits = inference.logits(call, image);
                assertThat(logits.get("year")).isEqualTo(expected);
                assertThat(call.getManagedArrays().size()).isEqualTo(2);
            }
            assertThat(manager.getManagedArrays().size()).isEqualTo(before);
            assertThat(image.getManager()).isSameAs(manager);
        }
    }

    @Test
    void aSingleHeadIsFine() {
        HeadSet one = HeadSet.of(Head.singleLabel("year", "old", "new"));
        try (MultiHeadBlock block = new MultiHeadBlock(pooled(), one)) {
            block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 8, 8));
            NDList logits = block.forward(store, new NDList(manager.zeros(new Shape(2, 3, 8, 8))), false);
            assertThat(logits.get("year").getShape()).isEqualTo(new Shape(2, 2));
        }
    }

    @Test
    void aBackboneThatGivesMapsIsRefused() {
        Block maps = new SequentialBlock()
                .add(Conv2d.builder()
                        .setKernelShape(new Shape(3, 3))
                        .setFilters(8)
                        .build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> initialised(maps))
                .withMessage("a backbone must give one array of features (N, F) or (N, F, 1, 1), this one gives"
                        + " [(1, 8, 30, 30)]; add a global average pooling or leave out its classifier");
    }

    @Test
    void aBackboneThatGivesSeveralArraysIsRefused() {
        Block two = new LambdaBlock(inputs -> new NDList(inputs.head().mean(new int[] {2}), inputs.head()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> initialised(two))
                .withMessageContaining("gives [(1, 3, 32), (1, 3, 32, 32)]");
    }
}
