package io.github.multilabel.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.core.torch.TorchValue;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.internal.PreparedNetwork;
import io.github.multilabel.model.internal.heads.HeadStack;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is computed together with a convolution is what the layers compute one by one. */
class FusionsTest {

    private final NDManager manager = NDManager.newBaseManager(Device.cpu());

    @AfterEach
    void close() {
        manager.close();
    }

    private NDArray image(long images, long height, long width) {
        return Formula.image(manager, new Shape(images, 3, height, width));
    }

    /** The largest difference from the layers one by one, in parts of the largest value; of a later call too. */
    private double error(Network network, NDArray image) {
        Engine.getInstance().setRandomSeed(7);
        try (NetworkBlock block = new NetworkBlock(network)) {
            block.initialize(manager, DataType.FLOAT32, image.getShape());
            NDArray expected = block.forward(new ParameterStore(manager, false), new NDList(image), false)
                    .singletonOrThrow();
            assertThat(expected.abs().max().getFloat()).isPositive();
            double error = 0;
            try (PreparedNetwork folded = block.fold(new NDList(), HeadStack.none(), Precision.FLOAT32)) {
                for (int call = 0; call < 8; call++) { // packed after some
                    NDArray actual = folded.run(manager, image).singletonOrThrow();
                    assertThat(actual.getShape()).isEqualTo(expected.getShape());
                    double difference = actual.sub(expected).abs().max().getFloat();
                    error = Math.max(error, difference / expected.abs().max().getFloat());
                }
            }
            return error;
        }
    }

    private static NetworkBuilder padded(NetworkBuilder builder, int kernel, int stride, int groups) {
        return builder.padSame("zeros", kernel, stride).conv("conv", 16, kernel, stride, 0, groups, true);
    }

    private static NetworkBuilder stem() {
        return Network.builder("some").conv("conv1", 16, 3, 1).norm("bn1").relu("relu1");
    }

    private static Fusions fusions(Network network, boolean fused) {
        return Fusions.of(new Folding(network, Precision.FLOAT32).folded(), fused);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 2, 16, 12, 12", "3, 2, 16, 13, 13", "3, 2, 16, 12, 13", "3, 2, 1, 13, 12", "3, 1, 16, 9, 12",
        "5, 2, 16, 12, 12", "5, 2, 16, 13, 12", "5, 2, 1, 11, 11", "5, 1, 1, 12, 9", "7, 2, 16, 14, 15",
        "4, 2, 1, 12, 13", "5, 3, 1, 12, 13", "3, 2, 1, 1, 2"
    })
    void zerosOfTensorFlowCostNoPassOverTheMaps(int kernel, int stride, int groups, int height, int width) {
        Network network =
                padded(stem(), kernel, stride, groups).globalAveragePool("pool").build();

        assertThat(error(network, image(2, height, width))).isLessThan(1e-6);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void zerosAreTakenInUnlessAnotherLayerReadsThem(boolean fused) {
        Network network = padded(stem(), 3, 2, 1).globalAveragePool("pool").build();
        Network shared = padded(stem(), 3, 2, 1)
                .from("zeros")
                .conv("other", 16, 3, 2, 0, 1, false)
                .add("sum", "conv")
                .globalAveragePool("pool")
                .build();

        assertThat(fusions(network, fused).valueOf("zeros")).contains("relu1");
        assertThat(fusions(shared, fused).valueOf("zeros")).isEmpty();
        assertThat(error(shared, image(2, 12, 12))).isLessThan(1e-6);
    }

    @Test
    void everyActivationIsComputedWithItsConvolution() {
        List<UnaryOperator<NetworkBuilder>> activations = List.of(
                builder -> builder.relu("last"),
                builder -> builder.relu6("last"),
                builder -> builder.hardswish("last"),
                builder -> builder.hardsigmoid("last"),
                builder -> builder.silu("last"),
                builder -> builder.sigmoid("last"),
                builder -> builder.gelu("last"));
        for (UnaryOperator<NetworkBuilder> activation : activations) {
            Network network = activation
                    .apply(stem().conv("conv2", 24, 3, 2))
                    .globalAveragePool("pool")
                    .build();
            assertThat(error(network, image(3, 10, 11)))
                    .as("%s", network.layers().get(4))
                    .isLessThan(2e-6);
        }
    }

    @Test
    void aSumIsComputedWithTheLaterConvolution() {
        Network network = stem().conv("conv2", 16, 3, 1)
                .norm("bn2")
                .from("relu1")
                .conv("conv3", 16, 1, 1)
                .norm("bn3")
                .add("sum", "bn2")
                .relu("relu2")
                .globalAveragePool("pool")
                .build();

        Fusions fusions = fusions(network, true);
        assertThat(fusions.valueOf("sum")).contains("conv3");
        assertThat(fusions.valueOf("relu2")).contains("conv3");
        assertThat(fusions.convolution("conv2").flatMap(FusedConv2d::other)).isEmpty();
        assertThat(fusions.convolution("conv3").flatMap(FusedConv2d::other)).contains("conv2");
        assertThat(error(network, image(2, 8, 8))).isLessThan(1e-6);
        assertThat(error(network, image(2, 1, 1))).isLessThan(1e-6);
    }

    @Test
    void whatIsReadLaterIsNotOverwrittenByASum() {
        Network network = stem().conv("conv2", 16, 3, 1)
                .add("sum", "relu1")
                .relu("relu2")
                .conv("conv3", 16, 3, 1)
                .add("sum2", "relu1")
                .globalAveragePool("pool")
                .build();

        Fusions fusions = fusions(network, true);
        assertThat(fusions.valueOf("sum")).isEmpty();
        assertThat(fusions.valueOf("sum2")).contains("conv3");
        assertThat(error(network, image(2, 8, 8))).isLessThan(1e-6);
    }

    @Test
    void norIsWhatAConvolutionPadsAndReadsLater() {
        Network network = stem().padSame("zeros", 3, 1)
                .from("relu1")
                .conv("conv2", 16, 3, 1)
                .add("sum", "relu1")
                .from("zeros")
                .conv("conv3", 16, 3, 1, 0, 1, false)
                .add("sum2", "sum")
                .globalAveragePool("pool")
                .build();

        assertThat(fusions(network, true).valueOf("sum")).isEmpty();
        assertThat(error(network, image(2, 8, 8))).isLessThan(1e-6);
    }

    @Test
    void norTheImagesOfTheCaller() {
        Network network = Network.builder("image")
                .conv("conv1", 3, 3, 1)
                .add("sum", "image")
                .globalAveragePool("pool")
                .build();
        NDArray image = image(2, 8, 8);
        float[] before = image.toFloatArray();

        assertThat(error(network, image)).isLessThan(1e-6);
        assertThat(image.toFloatArray()).containsExactly(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "tf_efficientnet_lite0", "mobilenet_v3_large", "convnext_tiny"})
    void aLargeBatchGetsTheAnswersOfItsImages(String name) {
        Network network = Backbones.byName(name).network().orElseThrow();
        NDArray image = image(9, 160, 160);
        try (NetworkBlock block = new NetworkBlock(network)) {
            block.initialize(manager, DataType.FLOAT32, image.getShape());
            Formula.fill(block, -1, 1);
            try (PreparedNetwork folded = block.fold(new NDList(), HeadStack.none(), Precision.FLOAT32)) {
                NDArray all = folded.run(manager, image).singletonOrThrow();
                for (int i = 0; i < 9; i++) {
                    NDArray one = folded.run(manager, image.get(new NDIndex("{}:{}", i, i + 1)))
                            .singletonOrThrow();
                    NDArray same = all.get(new NDIndex("{}:{}", i, i + 1));
                    assertThat(same.sub(one).norm().getFloat() / one.norm().getFloat())
                            .isLessThan(1e-5f);
                }
            }
        }
    }

    /** A resumed training reads features of a frozen beginning that was not packed yet. */
    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "tf_efficientnet_lite0"})
    void packedWeightsGiveTheSameBits(String name) {
        Network network = Backbones.byName(name).network().orElseThrow();
        NDArray image = image(2, 96, 96);
        try (NetworkBlock block = new NetworkBlock(network)) {
            block.initialize(manager, DataType.FLOAT32, image.getShape());
            Formula.fill(block, -1, 1);
            try (PreparedNetwork folded = block.fold(new NDList(), HeadStack.none(), Precision.FLOAT32)) {
                float[] first = folded.run(manager, image).singletonOrThrow().toFloatArray();
                for (int call = 0; call < 8; call++) {
                    assertThat(folded.run(manager, image).singletonOrThrow().toFloatArray())
                            .containsExactly(first);
                }
            }
        }
    }

    @Test
    void noImagesGetNoFeatures() {
        Network network = stem().globalAveragePool("pool").build();
        try (NetworkBlock block = new NetworkBlock(network)) {
            block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 8, 8));
            try (PreparedNetwork folded = block.fold(new NDList(), HeadStack.none(), Precision.FLOAT32)) {
                assertThat(folded.run(manager, manager.zeros(new Shape(0, 3, 8, 8)))
                                .singletonOrThrow()
                                .getShape())
                        .isEqualTo(new Shape(0, 16));
            }
        }
    }

    @Test
    void fewShapesHaveWeightsOfTheirOwn() {
        Network network = stem().globalAveragePool("pool").build();
        Network folded = new Folding(network, Precision.FLOAT32).folded();
        boolean fused = FusedOperators.run(Precision.FLOAT32);
        Fusions fusions = Fusions.of(folded, fused);
        try (TorchFunction program =
                TorchFunction.load(manager, new Folding(network, Precision.FLOAT32).prepare(fusions))) {
            NDList parameters = new NDList(network.parameters().stream()
                    .map(spec -> manager.ones(spec.shape()))
                    .toList());
            try (PackedWeights weights =
                    new PackedWeights(manager, folded, fusions, program.run("prepare", parameters))) {
                TorchValue plain = weights.use(new Shape(1, 3, 8, 8), values -> values);
                assertThat(weights.packed()).isZero();
                for (int side = 8; side < 20; side++) {
                    for (int call = 0; call < 6; call++) {
                        weights.use(new Shape(1, 3, side, side), values -> values);
                    }
                    assertThat(weights.packed()).isEqualTo(fused ? Math.min(4, side - 7) : 0);
                }
                TorchValue forgotten = weights.use(new Shape(1, 3, 8, 8), values -> values);
                TorchValue latest = weights.use(new Shape(1, 3, 19, 19), values -> values);
                assertThat(forgotten == plain).isTrue();
                assertThat(latest == plain).isEqualTo(!fused);
            }
        }
    }
}
