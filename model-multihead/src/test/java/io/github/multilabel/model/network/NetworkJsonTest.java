package io.github.multilabel.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.MalformedModelException;
import io.github.multilabel.model.backbone.Backbones;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkJsonTest {

    private static final String CONV = "{'name':'conv1','stage':'stem','inputs':['image'],'op':'conv2d','in':3,'out':4,"
            + "'kernel':3,'stride':2,'padding':1,'dilation':1,'groups':1,'bias':true}";
    private static final String POOL = "{'name':'pool','stage':'pool','inputs':['conv1'],'op':'globalAveragePool'}";

    private static String json(String... layers) {
        return ("{'name':'tiny','layers':[" + String.join(",", layers) + "]}").replace('\'', '"');
    }

    private static void assertMalformed(String json, String... parts) {
        assertThatExceptionOfType(MalformedModelException.class)
                .isThrownBy(() -> Network.fromJson(json))
                .withMessageStartingWith("the description of the network cannot be used: ")
                .satisfies(e -> List.of(parts).forEach(part -> assertThat(e).hasMessageContaining(part)));
    }

    @ParameterizedTest
    @MethodSource("io.github.multilabel.model.backbone.Backbones#names")
    void everyBackboneComesBackEqual(String name) throws MalformedModelException {
        Network network = Backbones.byName(name).network().orElseThrow();
        Network read = Network.fromJson(network.toJson());
        assertThat(read).isEqualTo(network).hasSameHashCodeAs(network);
        assertThat(read.features()).isEqualTo(network.features());
        assertThat(read.stages()).isEqualTo(network.stages());
    }

    @Test
    void theFormatIsWhatItIs() throws MalformedModelException {
        Network network = Network.fromJson(json(CONV, POOL));
        assertThat(network.layers())
                .containsExactly(
                        new Layer(
                                "conv1",
                                "stem",
                                new Conv2d(3, 4, 3, 2, 1, 1, 1, true, ConvInit.FAN_OUT),
                                List.of("image")),
                        new Layer("pool", "pool", new GlobalAveragePool(), List.of("conv1")));
        assertThat(network.toJson().replaceAll("\\s", "")).isEqualTo(json(CONV, POOL));
    }

    @Test
    void networksThatDifferInANumberDiffer() throws MalformedModelException {
        assertThat(Network.fromJson(json(CONV.replace("'stride':2", "'stride':1"), POOL)))
                .isNotEqualTo(Network.fromJson(json(CONV, POOL)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "no JSON",
                "{\"name\":\"a\"",
                "{\"name\":\"a\",\"layers\":[]}",
                "{\"name\":\"a\",\"layers\":[],\"more\":1}",
                "{\"name\":\"a\",\"layers\":{}}",
                "{\"name\":\"a\",\"layers\":[1]}",
                "{\"name\":\"a\",\"layers\":[{}]}",
                "{\"name\":1,\"layers\":[]}",
                "{\"name\":\"a b\",\"layers\":[]}",
                "{'name':'a','layers':[]}"
            })
    void whatIsNotADescriptionIsMalformed(String text) {
        assertMalformed(text);
    }

    @Test
    void whatFollowsTheEndIsMalformed() {
        assertMalformed(json(CONV, POOL) + "{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'op':'conv2d'   | 'op':'conv3d'   | unknown operation 'conv3d'; there are 24 names",
                "'in':3,         | ``              | it has the fields",
                "'in':3          | 'in':3,'x':1    | it has the fields",
                "'in':3          | 'in':4          | needs maps of 4 channels, got (3, 224, 224)",
                "'in':3          | 'in':3.5        | field 'in' must be a whole number, got 3.5",
                "'in':3          | 'in':1e99       | field 'in' must be a whole number",
                "'in':3          | 'in':'3'        | field 'in' must be of type int",
                "'in':3          | 'in':null       | field 'in' must be of type int",
                "'out':4         | 'out':-4        | out -4 is outside [1, 65536]",
                "'out':4         | 'out':99999     | out 99999 is outside [1, 65536]",
                "'kernel':3      | 'kernel':300    | kernel 300 is outside [1, 256]",
                "'dilation':1    | 'dilation':200  | does not fit into maps",
                "'groups':1      | 'groups':2      | groups 2 must divide the 3 channels in",
                "'bias':true     | 'bias':1        | field 'bias' must be of type boolean",
                "'bias':true     | 'bias':true,'init':'BEST' | field 'init' must be one of [FAN_OUT, FAN_OUT_OF_GROUP",
                "'bias':true     | 'bias':true,'init':0 | field 'init' must be one of [FAN_OUT,",
                "'bias':true     | 'bias':true,'init':null | field 'init' must be one of [FAN_OUT,",
                "['image']       | ['conv1']       | input 'conv1' is not described before it",
                "['image']       | ['pool']        | input 'pool' is not described before it",
                "['image']       | []              | needs 1 inputs, got []",
                "['image']       | [1]             | an input must be a string, got 1",
                "['image']       | 'image'         | field 'inputs' must be a list",
                "'stage':'stem'  | 'stage':'a b'   | stage name 'a b' is not usable",
                "'stage':'stem'  | 'stage':7       | field 'stage' must be a string, got 7"
            })
    void aBrokenLayerIsNamed(String what, String replacement, String message) {
        assertThat(CONV).contains(what);
        assertMalformed(json(CONV.replace(what, replacement), POOL), "layer 'conv1'", message);
    }

    @Test
    void aNameThatIsNotAWordIsMalformed() {
        assertMalformed(json(CONV.replace("conv1", "v0)\\n  import os\\n  x = (1"), POOL), "is not usable");
    }

    @Test
    void epsAndMomentumAreNumbersInRange() throws MalformedModelException {
        String norm = "{'name':'bn','stage':'stem','inputs':['conv1'],'op':'batchNorm2d','channels':4,'eps':1e-5,"
                + "'momentum':0.1}";
        String pool = POOL.replace("conv1", "bn");
        assertThat(Network.fromJson(json(CONV, norm, pool)).layers().get(1).op())
                .isEqualTo(new BatchNorm2d(4, 1e-5, 0.1));
        assertMalformed(json(CONV, norm.replace("1e-5", "1e999"), pool), "layer 'bn'", "eps Infinity");
        assertMalformed(json(CONV, norm.replace("1e-5", "0"), pool), "layer 'bn'", "eps 0.0 is outside (0, 1)");
        assertMalformed(json(CONV, norm.replace("0.1", "-1"), pool), "layer 'bn'", "momentum -1.0 is outside [0, 1]");
    }

    @Test
    void moreParametersThanAnyBackboneHasAreMalformed() {
        String huge = CONV.replace("'out':4", "'out':65536");
        String next = huge.replace("conv1", "conv2").replace("image", "conv1").replace("'in':3", "'in':65536");
        assertMalformed(json(huge, next, POOL.replace("conv1", "conv2")), "has 38656606208 parameters");
    }
}
