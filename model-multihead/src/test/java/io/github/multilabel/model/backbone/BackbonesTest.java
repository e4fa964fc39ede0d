package io.github.multilabel.model.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.network.Network;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackbonesTest {

    /**
     * Parameters as torchvision 0.22.1 and timm 1.0.31 count them without the last layer; multiply-adds are half of
     * what PyTorch's FlopCounterMode counts, which leaves out attention: 2 T T C in each block were added for T tokens.
     */
    @ParameterizedTest
    @CsvSource({
        "resnet18, 512, 11176512, 224, 1813561344",
        "resnet34, 512, 21284672, 224, 3663249408",
        "resnet50, 2048, 23508032, 224, 4087136256",
        "resnet101, 2048, 42500160, 224, 7799357440",
        "resnext50_32x4d, 2048, 22979904, 224, 4228431872",
        "wide_resnet50_2, 2048, 66834240, 224, 11395973120",
        "mobilenet_v3_large, 1280, 4202032, 224, 215309760",
        "efficientnet_b0, 1280, 4007548, 224, 384534752",
        "efficientnet_lite0, 1280, 3371008, 224, 383907552",
        "efficientnet_lite1, 1280, 4135680, 240, 598905232",
        "efficientnet_lite2, 1280, 4811072, 260, 858456272",
        "tf_efficientnet_lite0, 1280, 3371008, 224, 383907552",
        "tf_efficientnet_lite1, 1280, 4135680, 240, 598905232",
        "tf_efficientnet_lite2, 1280, 4811072, 260, 858456272",
        "convnext_tiny, 768, 27820128, 224, 4454763264",
        "vit_small_patch16_224, 384, 21665664, 224, 4598498304",
        "vit_small_patch14_dinov2, 384, 22056192, 518, 46696739328",
        "small, 128, 307536, 64, 16171008"
    })
    void sizesAreThosePublished(String name, int features, long parameters, int size, long multiplyAdds) {
        Backbone backbone = Backbones.byName(name);
        Network network = backbone.network().orElseThrow();
        assertThat(network.features()).isEqualTo(features);
        assertThat(backbone.preprocessing().size()).isEqualTo(ImageSize.square(size));
        assertThat(network.summary(size, size).lines().reduce((a, b) -> b).orElseThrow())
                .matches("total +\\(" + features + "\\) +"
                        + String.format(Locale.ROOT, "%,d +%,d", parameters, multiplyAdds));
    }

    @Test
    void everyNameIsThatOfItsBackbone() {
        assertThat(Backbones.names()).hasSize(18).isSorted();
        for (String name : Backbones.names()) {
            assertThat(Backbones.byName(name).name()).isEqualTo(name);
        }
    }

    @Test
    void anUnknownNameIsAnErrorThatNamesTheNear() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backbones.byName("ResNet43"))
                .withMessageStartingWith("no backbone 'ResNet43'; there are 18 names (")
                .withMessageContaining("did you mean")
                .withMessageContaining("'resnet34'");
    }

    @Test
    void preprocessingCanBeReplaced() {
        Backbone large = Backbones.small().withPreprocessing(Preprocessing.imageNet(128));
        assertThat(large.preprocessing().size()).isEqualTo(ImageSize.square(128));
        assertThat(large.name()).isEqualTo("small");
        assertThat(large.network()).isEqualTo(Backbones.small().network());
        assertThat(Backbones.resnet34().preprocessing()).isEqualTo(Preprocessing.imageNet(224));
    }

    @Test
    void eachBlockIsNewUnlessABlockWasGiven() {
        assertThat(Backbones.small().newBlock()).isNotSameAs(Backbones.small().newBlock());
        Block mine = new LambdaBlock(inputs -> new NDList(inputs.head()));
        Backbone backbone = Backbones.of("mine", mine);
        assertThat(backbone.newBlock()).isSameAs(mine);
        assertThat(backbone.network()).isEmpty();
    }

    @Test
    void aBackboneNeedsAName() {
        Block mine = new LambdaBlock(inputs -> new NDList(inputs.head()));
        assertThatIllegalArgumentException().isThrownBy(() -> Backbones.of(" ", mine));
    }
}
