package io.github.multilabel.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.github.multilabel.model.backbone.Backbones;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters start as torchvision's and timm's do. */
class StartTest {

    private static final int SEED = 3;

    /** Deviations by the rules of the makers: see {@link ConvInit}, and 0.02 or 0.01 for matrix products. */
    @ParameterizedTest
    @CsvSource({
        "resnet18, layer4.1.conv2.weight, 0.02083", // sqrt(2 / (512 * 9))
        "resnext50_32x4d, layer4.0.conv2.weight, 0.01473", // sqrt(2 / (1024 * 9)): groups do not count
        "mobilenet_v3_large, features.15.block.1.0.weight, 0.00913", // sqrt(2 / (960 * 25)), depthwise
        "mobilenet_v3_large, features.15.block.2.fc1.bias, 0",
        "mobilenet_v3_large, classifier.0.weight, 0.01",
        "efficientnet_b0, blocks.5.1.conv_dw.weight, 0.28284", // sqrt(2 / 25): of one group
        "efficientnet_b0, blocks.5.1.se.conv_reduce.bias, 0",
        "tf_efficientnet_lite0, conv_head.weight, 0.03953", // sqrt(2 / 1280)
        "convnext_tiny, stages.3.blocks.0.conv_dw.weight, 0.02",
        "convnext_tiny, stages.3.blocks.0.mlp.fc1.weight, 0.02",
        "convnext_tiny, stages.3.blocks.0.mlp.fc1.bias, 0",
        "vit_small_patch16_224, patch_embed.proj.weight, 0.02083", // uniform within 1 / sqrt(768)
        "vit_small_patch16_224, blocks.0.attn.qkv.weight, 0.02",
        "vit_small_patch16_224, pos_embed, 0.02",
        "vit_small_patch16_224, cls_token, 0.000001"
    })
    void deviationsAreThoseOfTheMakers(String backbone, String parameter, double deviation) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray values = start(manager, backbone, parameter);
            double actual = values.square().mean().sqrt().getFloat();
            assertThat(actual).isCloseTo(deviation, within(0.1 * deviation));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "convnext_tiny, stages.0.blocks.0.gamma, 1e-6",
        "vit_small_patch14_dinov2, blocks.0.ls1.gamma, 1e-5",
        "vit_small_patch14_dinov2, norm.weight, 1",
        "efficientnet_b0, bn1.running_var, 1"
    })
    void scalesStartAtOneNumber(String backbone, String parameter, float value) {
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThat(start(manager, backbone, parameter).toFloatArray()).containsOnly(value);
        }
    }

    private static NDArray start(NDManager manager, String backbone, String parameter) {
        Engine.getInstance().setRandomSeed(SEED);
        ParameterSpec spec = Backbones.byName(backbone).network().orElseThrow().parameters().stream()
                .filter(candidate -> candidate.name().equals(parameter))
                .findFirst()
                .orElseThrow();
        return spec.initializer().initialize(manager, spec.shape(), DataType.FLOAT32);
    }
}
