package io.github.multilabel.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.model.backbone.Backbones;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class NetworkTest {

    private static NetworkBuilder stem() {
        return Network.builder("tiny").stage("stem").conv("conv1", 16, 3, 2).norm("bn1");
    }

    /** timm 1.0.31, optim.param_groups_weight_decay with no_weight_decay() of the model. */
    @Test
    void weightDecayIsForWeightsOfConvolutionsAndProducts() {
        assertThat(Backbones.vitSmallPatch14Dinov2().network().orElseThrow().parameters())
                .allSatisfy(spec -> assertThat(ParameterSpec.isDecayed(spec.type(), spec.shape()))
                        .as(spec.name())
                        .isEqualTo(spec.name().matches(".*(proj|qkv|fc1|fc2)\\.weight")));
        assertThat(Backbones.mobilenetV3Large().network().orElseThrow().parameters())
                .allSatisfy(spec -> assertThat(ParameterSpec.isDecayed(spec.type(), spec.shape()))
                        .as(spec.name())
                        .isEqualTo(spec.shape().dimension() > 1));
    }

    @Test
    void theExampleOfTheDocumentationIsANetworkOf16Features() {
        Network network = Network.builder("tiny")
                .stage("stem")
                .conv("conv1", 16, 3, 2)
                .norm("bn1")
                .relu("relu1")
                .stage("pool")
                .globalAveragePool("avgpool")
                .build();
        assertThat(network.features()).isEqualTo(16);
        assertThat(network.toString()).isEqualTo("tiny (4 layers, 16 features)");
    }

    @Test
    void stagesHoldTheirLayersInOrder() {
        Network network = Backbones.resnet18().network().orElseThrow();
        assertThat(network.stages().keySet()).containsExactly("stem", "layer1", "layer2", "layer3", "layer4", "pool");
        assertThat(network.stages().get("stem")).containsExactly("conv1", "bn1", "relu", "maxpool");
        assertThat(network.stages().get("layer4"))
                .startsWith("layer4.0.conv1", "layer4.0.bn1")
                .endsWith("layer4.1.add", "layer4.1.out");
    }

    @Test
    void parametersBearTorchvisionsNames() {
        Network network = Backbones.resnet18().network().orElseThrow();
        assertThat(network.parameters().stream().map(ParameterSpec::name))
                .startsWith(
                        "conv1.weight",
                        "bn1.weight",
                        "bn1.bias",
                        "bn1.running_mean",
                        "bn1.running_var",
                        "layer1.0.conv1.weight")
                .contains("layer2.0.downsample.0.weight", "layer2.0.downsample.1.running_var")
                .hasSize(100);
    }

    @Test
    void theSummaryIsATable() {
        String table = stem().relu("relu1").globalAveragePool("avgpool").build().summary(32, 64);
        assertThat(table)
                .isEqualTo(
                        """
                        layer    operation          output        parameters  multiply-adds
                        conv1    Conv2d             (16, 16, 32)         432        221,184
                        bn1      BatchNorm2d        (16, 16, 32)          32              0
                        relu1    Relu               (16, 16, 32)           0              0
                        avgpool  GlobalAveragePool  (16)                   0              0
                        total                       (16)                 464        221,184
                        """);
    }

    @Test
    void theLocaleChangesNothing() {
        Network network = Backbones.small().network().orElseThrow();
        Locale before = Locale.getDefault();
        String table = network.summary(64, 64);
        String json = network.toJson();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertThat(network.summary(64, 64)).isEqualTo(table);
            assertThat(network.toJson()).isEqualTo(json);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void theLastLayerMustGiveFeatures() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stem().build())
                .withMessage("network 'tiny' must end with features (F), but bn1 gives (16, 112, 112); end with"
                        + " globalAveragePool");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Network.builder("nothing").build())
                .withMessageContaining("image gives (3, 224, 224)");
    }

    @Test
    void aResultThatNothingUsesIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> stem().from("conv1").globalAveragePool("avgpool").build())
                .withMessage("network 'tiny': nothing uses the result of [bn1]");
    }

    @Test
    void aSumOfDifferentShapesIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stem().conv("conv2", 32, 3, 1).add("sum", "bn1"))
                .withMessage("network 'tiny', layer 'sum': needs two inputs of one shape, got [(32, 112, 112),"
                        + " (16, 112, 112)]");
    }

    @Test
    void aNameThatIsUnknownTwiceGivenOrNotUsableIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stem().add("sum", "conv9"))
                .withMessage("network 'tiny', layer 'sum': input 'conv9' is not described before it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stem().relu("conv1"))
                .withMessage("network 'tiny', layer 'conv1': is described twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stem().relu("re lu"))
                .withMessageContaining("layer name 're lu' is not usable");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stem().stage("").relu("relu"))
                .withMessageContaining("stage name '' is not usable");
    }

    @Test
    void numbersOutsideTheirRangeAreErrors() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stem().conv("conv2", 0, 3, 1))
                .withMessage("network 'tiny', layer 'conv2': out 0 is outside [1, 65536]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stem().conv("conv2", 8, 3, 0))
                .withMessageContaining("stride 0 is outside");
    }

    @Test
    void anImageThatIsTooSmallIsAnError() {
        Network network = Network.builder("valid")
                .append("conv1", "stem", new Conv2d(3, 4, 7, 1, 0, 1, 1, false, ConvInit.FAN_OUT), List.of("image"))
                .globalAveragePool("avgpool")
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.summary(5, 9))
                .withMessage("network 'valid' cannot take an image of 5 x 9 pixels: layer 'conv1' has a kernel of 7,"
                        + " which does not fit into maps (3, 5, 9) padded by 0; take a larger image");
    }
}
