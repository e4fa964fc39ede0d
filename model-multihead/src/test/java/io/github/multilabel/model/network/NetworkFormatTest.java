package io.github.multilabel.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.MalformedModelException;
import io.github.multilabel.model.backbone.Backbones;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The description of a network is written as in the models that people keep, whatever its classes are called now. */
class NetworkFormatTest {

    @ParameterizedTest
    @MethodSource("io.github.multilabel.model.backbone.Backbones#names")
    void aBackboneIsWrittenAsItAlwaysWasAndRead(String backbone) throws IOException, MalformedModelException {
        requireUnchanged(backbone, Backbones.byName(backbone).network().orElseThrow());
    }

    @Test
    void everyOperationIsWrittenAsItAlwaysWasAndRead() throws IOException, MalformedModelException {
        for (Map.Entry<String, Network> sample : NetworkSamples.OPERATIONS.entrySet()) {
            requireUnchanged(sample.getKey(), sample.getValue());
        }
    }

    private static void requireUnchanged(String sample, Network network) throws IOException, MalformedModelException {
        String saved = NetworkSamples.read(sample);
        assertThat(network.toJson()).isEqualTo(saved);
        assertThat(Network.fromJson(saved)).isEqualTo(network);
    }

    @Test
    void theSamplesOfOperationsHaveEveryOperationAndEveryConstant() {
        Set<Class<?>> operations = NetworkSamples.OPERATIONS.values().stream()
                .flatMap(network -> network.layers().stream())
                .map(layer -> layer.op().getClass())
                .collect(Collectors.toCollection(HashSet::new));
        assertThat(operations).containsExactlyInAnyOrder(Op.class.getPermittedSubclasses());
        assertThat(NetworkSamples.OPERATIONS.values().stream()
                        .flatMap(network -> network.layers().stream())
                        .filter(layer -> layer.op() instanceof Conv2d)
                        .map(layer -> ((Conv2d) layer.op()).init())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(ConvInit.values()));
    }
}
