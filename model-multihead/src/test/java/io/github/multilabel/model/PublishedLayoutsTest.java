package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.network.ParameterSpec;
import io.github.multilabel.testsupport.Golden;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole state dictionaries of publishers who name things in their own way; written by golden/layouts.py. */
class PublishedLayoutsTest {

    /** The shapes by their names. */
    private static Golden layout(String publisher, String backbone) {
        return Golden.read("layouts.json").part(publisher).part(backbone);
    }

    @ParameterizedTest
    @CsvSource({
        "torchvision, efficientnet_b0, classifier.1.",
        "torchvision, convnext_tiny, classifier.2.",
        "authors, convnext_tiny, head."
    })
    void everyNameHasItsPlaceAndEveryParameterItsName(String publisher, String name, String classifier) {
        Backbone backbone = Backbones.byName(name);
        Map<String, Long> sizes = new TreeMap<>();
        Golden layout = layout(publisher, name);
        layout.names().forEach(inFile -> {
            if (!inFile.startsWith(classifier) && !inFile.endsWith("num_batches_tracked")) {
                sizes.put(
                        backbone.weightNames().apply(inFile),
                        Arrays.stream(layout.longs(inFile)).reduce(1, (a, b) -> a * b));
            }
        });
        Map<String, Long> expected = new TreeMap<>();
        for (ParameterSpec parameter : backbone.network().orElseThrow().parameters()) {
            expected.put(parameter.name(), parameter.shape().size());
        }
        assertThat(sizes).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "features.1.2.layer_scale, stages.0.blocks.2.gamma",
        "features.4.1.weight, stages.2.downsample.1.weight",
        "features.7.0.block.5.bias, stages.3.blocks.0.mlp.fc2.bias",
        "classifier.0.weight, head.norm.weight",
        "downsample_layers.3.0.bias, stages.3.downsample.0.bias",
        "stages.2.8.pwconv1.weight, stages.2.blocks.8.mlp.fc1.weight",
        "norm.bias, head.norm.bias"
    })
    void namesOfConvNextBecomeTimms(String name, String expected) {
        assertThat(Backbones.convnextTiny().weightNames().apply(name)).isEqualTo(expected);
    }
}
