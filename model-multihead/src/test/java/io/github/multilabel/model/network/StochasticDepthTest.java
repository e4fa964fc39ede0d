package io.github.multilabel.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.backbone.Backbones;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StochasticDepthTest {

    private static final int IMAGES = 400;

    private final NDManager manager = NDManager.newBaseManager(Device.cpu());
    private final ParameterStore store = new ParameterStore(manager, false);

    @AfterEach
    void closeManager() {
        manager.close();
    }

    /** timm 1.0.31: {@code calculate_drop_path_rates(0.2, 18)} of ConvNeXt-Tiny, {@code (0.2, 12)} of ViT. */
    @ParameterizedTest
    @CsvSource({
        "convnext_tiny, stages.0.blocks.1.add, 0.0117647",
        "convnext_tiny, stages.2.blocks.3.add, 0.1058824",
        "convnext_tiny, stages.3.blocks.2.add, 0.2",
        "vit_small_patch16_224, blocks.3.add1, 0.0545455",
        "vit_small_patch16_224, blocks.3.add2, 0.0545455",
        "vit_small_patch16_224, blocks.11.add2, 0.2",
        "efficientnet_b0, blocks.1.1.add, 0.0266667", // the third of 16 blocks
        "efficientnet_b0, blocks.5.3.add, 0.1866667", // the last has no sum
        "resnet34, layer4.2.add, 0.2"
    })
    void sharesGrowEvenlyWithDepth(String backbone, String sum, double share) {
        Map<String, Double> rates =
                StochasticDepth.rates(Backbones.byName(backbone).network().orElseThrow(), 0.2);
        assertThat(rates.get(sum)).isCloseTo(share, within(1e-6));
    }

    @Test
    void theFirstBlockAlwaysStays() {
        assertThat(StochasticDepth.rates(Backbones.convnextTiny().network().orElseThrow(), 0.2))
                .hasSize(17)
                .doesNotContainKey("stages.0.blocks.0.add");
    }

    /** One block: the features are the mean of x, and where the branch is kept, that of the branch / kept as well. */
    private NetworkBlock block() {
        NetworkBuilder network = Network.builder("one").conv("conv1", 4, 1, 1);
        String input = network.last();
        NetworkBlock block = new NetworkBlock(network.conv("block.conv", 4, 1, 1)
                .add("block.add", input)
                .globalAveragePool("pool")
                .build());
        block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 8, 8));
        return block;
    }

    private NDArray features(NetworkBlock block, boolean training) {
        return block.forward(store, new NDList(manager.ones(new Shape(IMAGES, 3, 8, 8))), training)
                .singletonOrThrow();
    }

    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void aBranchIsDroppedForItsShareOfImagesAndScaledForTheOthers(Precision precision) {
        try (NetworkBlock block = block()) {
            block.setPrecision(precision);
            float[] whole = features(block, false).get(0).toFloatArray();
            block.setStochasticDepth(0.25);
            Engine.getInstance().setRandomSeed(5);
            NDArray features = features(block, true);
            float[] x = block.getParameters()
                    .get("conv1.weight")
                    .getArray()
                    .sum(new int[] {1, 2, 3})
                    .toFloatArray();
            int dropped = 0;
            for (int i = 0; i < IMAGES; i++) {
                float[] row = features.get(i).toFloatArray();
                boolean gone = Math.abs(row[0] - x[0]) < 0.02 * Math.abs(x[0]);
                dropped += gone ? 1 : 0;
                for (int c = 0; c < row.length; c++) {
                    float expected = gone ? x[c] : x[c] + (whole[c] - x[c]) / 0.75f;
                    assertThat(row[c]).isCloseTo(expected, within(precision == Precision.FLOAT32 ? 1e-5f : 0.05f));
                }
            }
            assertThat(dropped / (double) IMAGES).isCloseTo(0.25, within(0.08));
            assertThat(features(block, false).get(0).toFloatArray()).containsExactly(whole);
        }
    }

    @Test
    void theSameSeedDropsTheSame() {
        try (NetworkBlock block = block()) {
            block.setStochasticDepth(0.5);
            Engine.getInstance().setRandomSeed(7);
            float[] first = features(block, true).toFloatArray();
            float[] second = features(block, true).toFloatArray();
            Engine.getInstance().setRandomSeed(7);
            assertThat(features(block, true).toFloatArray())
                    .containsExactly(first)
                    .isNotEqualTo(second);
        }
    }

    @Test
    void aFrozenNetworkDropsNothing() {
        try (NetworkBlock block = block()) {
            block.setStochasticDepth(0.5);
            block.freezeParameters(true);
            assertThat(features(block, true)).isEqualTo(features(block, false));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"convnext_tiny", "efficientnet_b0", "vit_small_patch14_dinov2", "resnet18", "small"})
    void everyFamilyTrainsWithIt(String name) {
        NetworkBlock block =
                (NetworkBlock) Backbones.byName(name).withStochasticDepth(0.3).newBlock();
        try (block) {
            block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 64, 64));
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                gradients.backward(block.forward(store, new NDList(manager.randomNormal(new Shape(2, 3, 64, 64))), true)
                        .singletonOrThrow()
                        .pow(3) // sums of what a layer norm gives, and of its squares, are constant
                        .sum());
            }
            NDArray first = block.getParameters().valueAt(0).getArray();
            try (NDArray gradient = first.getGradient()) {
                assertThat(gradient.norm().getFloat()).isPositive().isFinite();
            }
        }
    }

    @Test
    void ratesOutsideTheirRangeAndNetworksWithoutBlocksAreRefused() {
        for (double rate : new double[] {-0.1, 1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Backbones.resnet18().withStochasticDepth(rate))
                    .withMessageContainingAll("[0, 1)", String.valueOf(rate));
        }
        Network plain = Network.builder("plain")
                .conv("conv1", 4, 3, 1)
                .globalAveragePool("pool")
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backbones.of(plain, Preprocessing.imageNet(8)).withStochasticDepth(0.1))
                .withMessageContainingAll("'plain'", "no residual blocks");
    }
}
