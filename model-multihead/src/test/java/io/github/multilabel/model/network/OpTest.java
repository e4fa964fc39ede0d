package io.github.multilabel.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.model.backbone.Backbones;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operations compute where the parity with PyTorch's networks does not reach, and what they refuse. */
class OpTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    private NDArray run(Op op, NDArray input) {
        Call call = new Call(List.of("x"), List.of(), Precision.FLOAT32, false, Depthwise.PLAIN, x -> x, false);
        String text = "def forward(self, x: Tensor) -> Tensor:\n  return " + op.expression(call) + "\n";
        try (TorchFunction function = TorchFunction.load(manager, text)) {
            return function.run("forward", input).toArray(manager);
        }
    }

    @Test
    void activationsAreTheFunctionsOfTheirPapers() {
        NDArray x = manager.create(new float[] {-7, -3, -1, 0, 1, 3, 7});
        Map<Op, double[]> expected = Map.of(
                new Relu6(), new double[] {0, 0, 0, 0, 1, 3, 6},
                new Hardsigmoid(), new double[] {0, 0, 1 / 3.0, 0.5, 2 / 3.0, 1, 1},
                new Hardswish(), new double[] {0, 0, -1 / 3.0, 0, 2 / 3.0, 3, 7},
                new Sigmoid(), new double[] {0.000911, 0.047426, 0.268941, 0.5, 0.731059, 0.952574, 0.999089},
                new Silu(), new double[] {-0.006377, -0.142278, -0.268941, 0, 0.731059, 2.857722, 6.993623},
                new Gelu(), new double[] {0, -0.004050, -0.158655, 0, 0.841345, 2.995950, 7});
        expected.forEach((op, values) -> {
            float[] actual = run(op, x).toFloatArray();
            for (int i = 0; i < values.length; i++) {
                assertThat((double) actual[i]).as("%s[%d]", op, i).isCloseTo(values[i], within(2e-6));
            }
        });
    }

    /** Tensorflow's SAME: as many positions as ceil(size / stride). */
    @ParameterizedTest
    @CsvSource({
        "3, 2, 8, 0, 1",
        "3, 2, 7, 1, 1",
        "5, 2, 8, 1, 2",
        "5, 2, 7, 2, 2",
        "3, 1, 8, 1, 1",
        "3, 3, 8, 0, 1",
        "3, 3, 1, 1, 1"
    })
    void paddingForSamePutsTheOddZeroLast(int kernel, int stride, int size, int before, int after) {
        PadSame pad = new PadSame(kernel, stride);
        NDArray padded = run(pad, manager.ones(new Shape(1, 1, size, 3)));
        long height = before + size + after;
        assertThat(padded.getShape().get(2)).isEqualTo(height);
        assertThat(pad.output(List.of(new Shape(1, size, 3))).get(1)).isEqualTo(height);
        assertThat((height - kernel) / stride + 1).isEqualTo((size + stride - 1) / stride);
        NDArray column = padded.sum(new int[] {0, 1, 3});
        for (int i = 0; i < height; i++) {
            assertThat(column.getFloat(i) > 0).as("row %d", i).isEqualTo(i >= before && i < before + size);
        }
    }

    @Test
    void numbersOutsideTheirRangeAreErrors() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PadSame(2, 3)).withMessageContaining("stride 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Attention(10, 3))
                .withMessageContaining("heads 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Attention(0, 1))
                .withMessageContaining("channels 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LayerNorm(8, 0))
                .withMessageContaining("eps 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Linear(8, 8, Double.NaN))
                .withMessageContaining("deviation NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Linear(8, 1 << 20, 0.1))
                .withMessageContaining("out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LayerScale(8, 2))
                .withMessageContaining("start 2.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PositionEmbedding(8, 1000))
                .withMessageContaining("grid 1000 is outside [1, 256]");
    }

    @Test
    void shapesThatDoNotFitAreErrorsThatNameTheLayer() {
        NetworkBuilder net = Network.builder("tiny").conv("conv", 8, 3, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> net.attention("attention", 37))
                .withMessage("network 'tiny', layer 'attention': needs tokens (T, C), got (8, 112, 112)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> net.firstToken("token"))
                .withMessageContaining("layer 'token': needs tokens (T, C)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> net.scale("scale", "image"))
                .withMessageContaining("layer 'scale': needs maps (C, H, W) and a number (C, 1, 1) for each");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Linear(4, 4, 0.1).output(List.of(new Shape(3, 5))))
                .withMessage("needs a last axis of 4, got (3, 5)");
    }

    /** No op may overwrite what the gradient of another needs, whichever follows which. */
    @Test
    void activationsInPlaceLeaveGradientsRight() {
        Network network = Network.builder("chain")
                .conv("conv", 4, 1, 1)
                .relu6("a")
                .relu("b")
                .sigmoid("c")
                .relu6("d")
                .channelsLast("e")
                .relu("f")
                .channelsFirst("g")
                .relu6("h")
                .hardswish("i")
                .relu("j")
                .globalAveragePool("pool")
                .build();
        try (NetworkBlock block = new NetworkBlock(network)) {
            block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 4, 4));
            NDArray weight = block.getDirectParameters().get("conv.weight").getArray();
            NDArray image = manager.randomUniform(0.1f, 1, new Shape(2, 3, 4, 4));
            weight.set(new float[] {1, 2, 3, .5f, .2f, .1f, 1, 1, .3f, .1f, .7f, .4f});
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                collector.backward(sum(block, image, true));
            }
            float gradient = weight.getGradient().getFloat(1, 0, 0, 0);
            float before = sum(block, image, false).getFloat();
            weight.set(new float[] {1, 2, 3, .51f, .2f, .1f, 1, 1, .3f, .1f, .7f, .4f});
            float slope = (sum(block, image, false).getFloat() - before) / 0.01f;
            assertThat(gradient).isCloseTo(slope, within(0.01f * Math.abs(slope) + 1e-3f));
        }
    }

    private NDArray sum(NetworkBlock block, NDArray image, boolean training) {
        return block.forward(new ParameterStore(manager, false), new NDList(image), training)
                .singletonOrThrow()
                .sum();
    }

    @Test
    void aTransformerLooksAtImagesOfAnySize() {
        Network network = Backbones.vitSmallPatch16().network().orElseThrow();
        try (NetworkBlock block = new NetworkBlock(network)) {
            block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 32, 32));
            for (Shape shape : List.of(new Shape(2, 3, 32, 64), new Shape(1, 3, 16, 16), new Shape(1, 3, 47, 33))) {
                NDArray features = block.forward(
                                new ParameterStore(manager, false), new NDList(manager.ones(shape)), false)
                        .singletonOrThrow();
                assertThat(features.getShape()).isEqualTo(new Shape(shape.get(0), 384));
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> block.getOutputShapes(new Shape[] {new Shape(1, 3, 8, 8)}))
                    .withMessageContaining("layer 'patch_embed.proj' has a kernel of 16, which does not fit");
        }
    }

    @Test
    void frozenStagesReachParametersThatBearTheNameOfTheirLayer() {
        Network network = Backbones.vitSmallPatch14Dinov2().network().orElseThrow();
        try (NetworkBlock block = new NetworkBlock(network)) {
            block.setFrozenStages(List.of("embedding", "blocks.0"));
            ParameterList parameters = block.getDirectParameters();
            for (String frozen : List.of("cls_token", "pos_embed", "patch_embed.proj.bias", "blocks.0.ls1.gamma")) {
                assertThat(parameters.get(frozen).requiresGradient()).as(frozen).isFalse();
            }
            for (String trained : List.of("blocks.1.ls1.gamma", "blocks.1.attn.qkv.weight", "norm.weight")) {
                assertThat(parameters.get(trained).requiresGradient())
                        .as(trained)
                        .isTrue();
            }
        }
    }

    /** A batch norm needs several values; a layer norm does not. */
    @ParameterizedTest
    @ValueSource(strings = {"convnext_tiny", "vit_small_patch16_224"})
    void networksWithoutBatchNormsTrainOnOneSmallImage(String name) {
        Network network = Backbones.byName(name).network().orElseThrow();
        try (NetworkBlock block = new NetworkBlock(network)) {
            block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 32, 32));
            block.setPrecision(Precision.BFLOAT16);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                collector.backward(sum(block, manager.ones(new Shape(1, 3, 32, 32)), true));
            }
            for (Parameter parameter : block.getDirectParameters().values()) {
                NDArray gradient = parameter.getArray().getGradient();
                assertThat(gradient.getDataType()).as(parameter.getName()).isEqualTo(DataType.FLOAT32);
                assertThat(gradient.isNaN().any().getBoolean())
                        .as(parameter.getName())
                        .isFalse();
            }
        }
    }
}
