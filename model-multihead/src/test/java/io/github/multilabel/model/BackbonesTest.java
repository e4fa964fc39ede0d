package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.network.ParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackbonesTest {

    /** Parameters as torchvision 0.22.1 counts them without the classifier; multiply-adds of its documentation. */
    @ParameterizedTest
    @CsvSource({
        "resnet18, 512, 11176512, 1.81",
        "resnet34, 512, 21284672, 3.66",
        "resnet50, 2048, 23508032, 4.09",
        "small, 128, 307536, 0.20"
    })
    void sizesAreThoseOfTorchvision(String name, int features, long parameters, double billions) {
        Network network = Backbones.byName(name).network().orElseThrow();
        assertThat(network.features()).isEqualTo(features);
        long trained = network.parameters().stream()
                .filter(ParameterSpec::isTrained)
                .mapToLong(spec -> spec.shape().size())
                .sum();
        assertThat(trained).isEqualTo(parameters);
        String total = network.summary(224, 224).lines().reduce((a, b) -> b).orElseThrow();
        String work = total.substring(total.lastIndexOf(' ') + 1).replace(",", "");
        assertThat(Math.round(Long.parseLong(work) / 1e7) / 100.0).isEqualTo(billions);
    }

    @Test
    void everyNameIsThatOfItsBackbone() {
        assertThat(Backbones.names()).containsExactly("resnet18", "resnet34", "resnet50", "small");
        for (String name : Backbones.names()) {
            assertThat(Backbones.byName(name).name()).isEqualTo(name);
        }
    }

    @Test
    void anUnknownNameIsAnErrorThatNamesTheNear() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backbones.byName("ResNet43"))
                .withMessageStartingWith("no backbone 'ResNet43'; there are 4 names [resnet18, ")
                .withMessageContaining("did you mean")
                .withMessageContaining("'resnet34'");
    }

    @Test
    void preprocessingCanBeReplaced() {
        Backbone large = Backbones.small().withPreprocessing(Preprocessing.imageNet(128));
        assertThat(large.preprocessing().size()).isEqualTo(128);
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
