package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.internal.InferenceProgram;
import io.github.multilabel.model.network.NetworkBlock;
import io.github.multilabel.model.network.ParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultiHeadBlockTest {

    private static final HeadSet CARS = HeadSet.of(
            Head.singleLabel("brand", "Audi", "BMW", "Chevrolet", "Dodge", "Ford", "Other"),
            Head.singleLabel("type", "Convertible", "Coupe", "SUV", "Van", "Other"),
            Head.singleLabel("year", "old", "new"));

    private final NDManager manager = NDManager.newBaseManager();
    private final ParameterStore store = new ParameterStore(manager, false);

    @AfterEach
    void closeManager() {
        manager.close();
    }

    private MultiHeadBlock small(HeadSet heads) {
        return initialised(new MultiHeadBlock(Backbones.small().newBlock(), heads), 32);
    }

    private MultiHeadBlock initialised(MultiHeadBlock block, int size) {
        block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, size, size));
        return block;
    }

    @Test
    void shapesOfAResNet34AreThoseOfTheTask() {
        Shape[] images = {new Shape(16, 3, 224, 224)};
        try (MultiHeadBlock block = new MultiHeadBlock(Backbones.resnet34().newBlock(), CARS)) {
            assertThat(block.backbone().getOutputShapes(images)).containsExactly(new Shape(16, 512));
            assertThat(block.getOutputShapes(images))
                    .containsExactly(new Shape(16, 6), new Shape(16, 5), new Shape(16, 2));
        }
    }

    @Test
    void logitsHaveTheShapesThatWereAnnounced() {
        NDArray image = manager.randomNormal(new Shape(16, 3, 64, 64));
        try (MultiHeadBlock block =
                initialised(new MultiHeadBlock(Backbones.resnet34().newBlock(), CARS), 64)) {
            assertThat(block.features(store, image, false).getShape()).isEqualTo(new Shape(16, 512));
            NDList logits = block.forward(store, new NDList(image), false);
            assertThat(logits.getShapes()).containsExactly(block.getOutputShapes(new Shape[] {image.getShape()}));
        }
    }

    @Test
    void logitsKeepTheOrderAndTheNamesOfTheHeads() {
        HeadSet heads = HeadSet.of(CARS.get("year"), CARS.get("brand"), CARS.get("type"));
        try (MultiHeadBlock block = small(heads)) {
            NDList logits = block.forward(store, new NDList(manager.zeros(new Shape(2, 3, 32, 32))), false);
            assertThat(logits.stream().map(NDArray::getName)).containsExactly("year", "brand", "type");
            assertThat(logits.get("brand").getShape()).isEqualTo(new Shape(2, 6));
        }
    }

    @Test
    void headsOfEqualSizeDoNotSwap() {
        HeadSet twins = HeadSet.of(Head.singleLabel("b", "no", "yes"), Head.singleLabel("a", "no", "yes"));
        try (MultiHeadBlock block = small(twins)) {
            block.parametersByName().get("heads.weight").getArray().set(new float[4 * 128]);
            block.parametersByName().get("heads.bias").getArray().set(new float[] {5, -5, -5, 5});
            NDArray image = manager.randomNormal(new Shape(1, 3, 32, 32));
            NDList logits = block.forward(store, new NDList(image), false);
            assertThat(logits.get("b").toFloatArray()).containsExactly(5, -5);
            assertThat(logits.get("a").toFloatArray()).containsExactly(-5, 5);
            try (InferenceProgram inference = block.newInference(Precision.FLOAT32)) {
                assertThat(inference.logits(manager, image).get("b").toFloatArray())
                        .containsExactly(5, -5);
            }
        }
    }

    @Test
    void logitsAreALinearFunctionOfTheFeatures() {
        NDArray image = manager.randomNormal(new Shape(3, 3, 32, 32));
        try (MultiHeadBlock block = small(CARS)) {
            NDArray weight = block.parametersByName().get("heads.weight").getArray();
            NDArray bias = block.parametersByName().get("heads.bias").getArray();
            NDArray expected = block.features(store, image, false)
                    .matMul(weight.transpose())
                    .add(bias)
                    .get(":, 6:11");
            NDArray type = block.forward(store, new NDList(image), false).get("type");
            assertThat(type.sub(expected).abs().max().getFloat()).isLessThan(1e-5f);
        }
    }

    @Test
    void parametersBearStableNames() {
        try (MultiHeadBlock block = small(CARS)) {
            List<String> names = List.copyOf(block.parametersByName().keySet());
            assertThat(names).startsWith("backbone.conv1.weight", "backbone.bn1.weight", "backbone.bn1.bias");
            assertThat(names).endsWith("heads.weight", "heads.bias");
            assertThat(names).hasSize(block.getParameters().size());
            assertThat(block.parametersByName().get("heads.weight").getShape()).isEqualTo(new Shape(13, 128));
            assertThat(block.parametersByName().get("heads.bias").getShape()).isEqualTo(new Shape(13));
        }
    }

    @Test
    void aHundredHeadsAreTwoParametersAndOneCall() {
        HeadSet hundred = HeadSet.of(IntStream.range(0, 100)
                .mapToObj(i -> Head.singleLabel("head " + i, "no", "yes", "perhaps"))
                .toList());
        try (MultiHeadBlock block = small(hundred)) {
            assertThat(block.getDirectParameters().keys()).containsExactly("heads.weight", "heads.bias");
            NDList logits = block.forward(store, new NDList(manager.zeros(new Shape(2, 3, 32, 32))), false);
            assertThat(logits).hasSize(100);
            assertThat(logits.get(99).getName()).isEqualTo("head 99");
        }
    }

    @Test
    void headsStartAsPyTorchsLinearDoes() {
        try (MultiHeadBlock block = small(CARS)) {
            double bound = 1 / Math.sqrt(128);
            for (String name : List.of("heads.weight", "heads.bias")) {
                float[] values = block.parametersByName().get(name).getArray().toFloatArray();
                double largest = IntStream.range(0, values.length)
                        .mapToDouble(i -> Math.abs(values[i]))
                        .max()
                        .orElseThrow();
                assertThat(largest).as(name).isBetween(bound / 2, bound);
            }
        }
    }

    @Test
    void convolutionsStartAsTorchvisionsDo() {
        try (MultiHeadBlock block = small(CARS)) {
            Parameter conv = block.parametersByName().get("backbone.layer4.0.conv2.weight");
            float deviation = conv.getArray().square().mean().sqrt().getFloat();
            assertThat((double) deviation).isCloseTo(Math.sqrt(2.0 / (128 * 9)), within(1e-3));
        }
    }

    @Test
    void theSameSeedGivesTheSameWeights() {
        Engine.getInstance().setRandomSeed(7);
        float[] first = firstWeights();
        Engine.getInstance().setRandomSeed(7);
        assertThat(firstWeights()).containsExactly(first);
        assertThat(firstWeights()).isNotEqualTo(first);
    }

    private float[] firstWeights() {
        try (MultiHeadBlock block = small(CARS)) {
            return block.parametersByName()
                    .get("backbone.conv1.weight")
                    .getArray()
                    .toFloatArray();
        }
    }

    @Test
    void oneBackwardPassReachesEveryTrainedParameter() {
        for (Precision precision : List.of(Precision.FLOAT32, Precision.BFLOAT16, Precision.FLOAT16)) {
            try (MultiHeadBlock block = small(CARS)) {
                block.setPrecision(precision);
                step(block, manager.randomNormal(new Shape(4, 3, 32, 32)));
                block.parametersByName().forEach((name, parameter) -> {
                    if (ParameterSpec.isTrained(parameter.getType())) {
                        NDArray gradient = parameter.getArray().getGradient();
                        assertThat(gradient.norm().getFloat())
                                .as("%s gradient of %s", precision, name)
                                .isPositive()
                                .isFinite();
                    }
                });
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"BFLOAT16, 0.02", "FLOAT16, 0.0025"})
    void sixteenBitsAreNearFloat32(Precision precision, float tolerance) {
        NDArray image = manager.randomNormal(new Shape(8, 3, 32, 32));
        try (MultiHeadBlock block = small(CARS)) {
            NDArray exact = block.forward(store, new NDList(image), false).head();
            block.setPrecision(precision);
            NDArray rounded = block.forward(store, new NDList(image), false).head();
            assertThat(rounded.getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(rounded).isNotEqualTo(exact);
            float error = rounded.sub(exact).norm().getFloat() / exact.norm().getFloat();
            assertThat(error).isLessThan(tolerance);
        }
    }

    @Test
    void nativeMemoryStaysFlatOverSteps() {
        try (MultiHeadBlock block = small(CARS)) {
            int after5 = 0;
            for (int i = 1; i <= 50; i++) {
                try (NDManager step = manager.newSubManager()) {
                    step(block, step.randomNormal(new Shape(1 + i % 3, 3, 32, 32)));
                }
                if (i == 5) {
                    after5 = manager.getManagedArrays().size();
                }
            }
            assertThat(manager.getManagedArrays().size()).isEqualTo(after5);
        }
    }

    private void step(MultiHeadBlock block, NDArray image) {
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            NDList logits = block.forward(store, new NDList(image), true);
            NDArray loss = logits.stream()
                    .map(head -> head.square().sum())
                    .reduce(NDArray::add)
                    .orElseThrow();
            gradients.backward(loss);
        }
    }

    @Test
    void evaluationBuildsNoGraph() {
        try (MultiHeadBlock block = small(CARS);
                GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            NDArray image = manager.randomNormal(new Shape(1, 3, 32, 32));
            NDArray logits = block.forward(store, new NDList(image), false).head();
            NDArray sum = logits.sum();
            assertThat(catchThrowable(() -> gradients.backward(sum)))
                    .as("there is nothing to go back through")
                    .hasMessageContaining("does not require grad");
        }
    }

    @Test
    void aFrozenBackboneKeepsEveryValueAndTheHeadsStillLearn() {
        try (MultiHeadBlock block = small(CARS)) {
            block.setBackboneFrozen(true);
            float[][] before = backboneValues(block);
            NDArray images = manager.randomNormal(new Shape(4, 3, 32, 32));
            step(block, images);
            assertThat(backboneValues(block)).isDeepEqualTo(before);
            assertThat(gradientOfHeads(block)).isPositive();

            NDArray together = block.features(store, images, true).get("1:2");
            NDArray alone = block.features(store, images.get("1:2"), true);
            assertThat(together.sub(alone).abs().max().getFloat())
                    .as("features alone and in a batch")
                    .isLessThan(1e-4f);

            block.setBackboneFrozen(false);
            step(block, images);
            assertThat(Arrays.deepEquals(backboneValues(block), before))
                    .as("statistics move again")
                    .isFalse();
        }
    }

    private static float gradientOfHeads(MultiHeadBlock block) {
        return block.parametersByName()
                .get("heads.weight")
                .getArray()
                .getGradient()
                .norm()
                .getFloat();
    }

    private static float[][] backboneValues(MultiHeadBlock block) {
        return block.backbone().getParameters().values().stream()
                .map(parameter -> parameter.getArray().toFloatArray())
                .toArray(float[][]::new);
    }

    @Test
    void unfreezingLeavesRunningStatisticsUntrained() {
        try (MultiHeadBlock block = small(CARS)) {
            block.freezeParameters(true);
            block.freezeParameters(false);
            block.parametersByName()
                    .forEach((name, parameter) ->
                            assertThat(parameter.requiresGradient()).as(name).isEqualTo(!name.contains("running")));
        }
    }

    @Test
    void anImageThatTheBackboneCannotTakeIsAnError() {
        try (MultiHeadBlock block = small(CARS)) {
            NDArray gray = manager.zeros(new Shape(1, 1, 32, 32));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> block.forward(store, new NDList(gray), false))
                    .withMessage("network 'small' takes images (N, 3, H, W), got (1, 1, 32, 32)");
            NDArray bytes = manager.zeros(new Shape(1, 3, 32, 32), DataType.UINT8);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> block.forward(store, new NDList(bytes), false))
                    .withMessage("network 'small' takes normalised float32 images, got uint8; see Normalizer");
        }
    }

    @Test
    void aTrainingBatchOfOneTinyImageIsAnError() {
        try (MultiHeadBlock block = small(CARS)) {
            NDArray image = manager.randomNormal(new Shape(1, 3, 16, 16));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> block.forward(store, new NDList(image), true))
                    .withMessageContaining("batch norm 'layer4.0.bn1'")
                    .withMessageContaining("train with larger batches or larger images");
            block.setBackboneFrozen(true);
            assertThat(block.forward(store, new NDList(image), true)).hasSize(3);
        }
    }

    @Test
    void aClosedBlockLoadsItsProgramsAgain() {
        NDArray image = manager.randomNormal(new Shape(1, 3, 32, 32));
        MultiHeadBlock block = small(CARS);
        NDArray before = block.forward(store, new NDList(image), false).head();
        block.close();
        assertThat(block.forward(store, new NDList(image), false).head()).isEqualTo(before);
        block.close();
    }

    @Test
    void weightsOfAnotherShapeAreRefused() {
        NetworkBlock backbone = (NetworkBlock) Backbones.small().newBlock();
        backbone.getDirectParameters().get("conv1.weight").setArray(manager.zeros(new Shape(16, 1, 3, 3)));
        try (MultiHeadBlock block = new MultiHeadBlock(backbone, CARS)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> initialised(block, 32))
                    .withMessage("network 'small': parameter 'conv1.weight' has shape (16, 1, 3, 3),"
                            + " expected (16, 3, 3, 3)");
        }
    }
}
