package io.github.multilabel.model.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.model.network.ParameterSpec;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EfficientNetNamesTest {

    private static Set<String> parameters(Backbone backbone) {
        return backbone.network().orElseThrow().parameters().stream()
                .map(ParameterSpec::name)
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @CsvSource({
        "_conv_stem.weight, conv_stem.weight",
        "_bn0.running_mean, bn1.running_mean",
        "_blocks.0._depthwise_conv.weight, blocks.0.0.conv_dw.weight",
        "_blocks.0._bn1.bias, blocks.0.0.bn1.bias",
        "_blocks.0._project_conv.weight, blocks.0.0.conv_pw.weight",
        "_blocks.0._bn2.weight, blocks.0.0.bn2.weight",
        "_blocks.1._expand_conv.weight, blocks.1.0.conv_pw.weight",
        "_blocks.2._bn0.weight, blocks.1.1.bn1.weight",
        "_blocks.11._depthwise_conv.weight, blocks.5.0.conv_dw.weight",
        "_blocks.14._bn1.running_var, blocks.5.3.bn2.running_var",
        "_blocks.15._project_conv.weight, blocks.6.0.conv_pwl.weight",
        "_blocks.15._bn2.bias, blocks.6.0.bn3.bias",
        "_conv_head.weight, conv_head.weight",
        "_bn1.bias, bn2.bias"
    })
    void thePackagesNamesBecomeTimms(String name, String expected) {
        Backbone backbone = Backbones.tfEfficientnetLite0();
        assertThat(backbone.weightNames().apply(name)).isEqualTo(expected).isIn(parameters(backbone));
    }

    @ParameterizedTest
    @CsvSource({
        "features.0.0.weight, conv_stem.weight",
        "features.0.1.running_var, bn1.running_var",
        "features.1.0.block.0.0.weight, blocks.0.0.conv_dw.weight",
        "features.1.0.block.0.1.bias, blocks.0.0.bn1.bias",
        "features.1.0.block.1.fc1.bias, blocks.0.0.se.conv_reduce.bias",
        "features.1.0.block.2.0.weight, blocks.0.0.conv_pw.weight",
        "features.1.0.block.2.1.weight, blocks.0.0.bn2.weight",
        "features.2.1.block.0.0.weight, blocks.1.1.conv_pw.weight",
        "features.6.3.block.1.0.weight, blocks.5.3.conv_dw.weight",
        "features.6.3.block.2.fc2.weight, blocks.5.3.se.conv_expand.weight",
        "features.7.0.block.3.0.weight, blocks.6.0.conv_pwl.weight",
        "features.7.0.block.3.1.running_mean, blocks.6.0.bn3.running_mean",
        "features.8.0.weight, conv_head.weight",
        "features.8.1.bias, bn2.bias"
    })
    void torchvisionsNamesBecomeTimms(String name, String expected) {
        Backbone backbone = Backbones.efficientnetB0();
        assertThat(backbone.weightNames().apply(name)).isEqualTo(expected).isIn(parameters(backbone));
    }

    @ParameterizedTest
    @ValueSource(strings = {"efficientnet_b0", "tf_efficientnet_lite0", "tf_efficientnet_lite2", "convnext_tiny"})
    void namesThatAreRightStay(String name) {
        Backbone backbone = Backbones.byName(name);
        assertThat(parameters(backbone))
                .allSatisfy(parameter ->
                        assertThat(backbone.weightNames().apply(parameter)).isEqualTo(parameter));
    }
}
