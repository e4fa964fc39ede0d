package io.github.multilabel.onnx.int8;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.internal.onnx.OnnxAttribute;
import io.github.multilabel.core.internal.onnx.OnnxGraph;
import io.github.multilabel.core.internal.onnx.OnnxNode;
import io.github.multilabel.core.internal.onnx.OnnxType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes bytes in a small residual network of one channel. */
class QuantizationTest {

    private static final List<String> BYTES = List.of("QuantizeLinear", "DequantizeLinear");

    private final OnnxGraph graph = new OnnxGraph("residual");
    private Quantization quantization;

    @BeforeEach
    void build() {
        graph.input("image", OnnxType.FLOAT32, "N", 1, 1, 2);
        String stem = graph.node("Clip", List.of(conv("stem", "image"), graph.scalar(0), graph.scalar(6)));
        String branch = conv("branch", stem);
        String sum = graph.node("Relu", List.of(graph.node("Add", List.of(stem, branch))));
        String features = graph.node("Flatten", List.of(graph.node("GlobalAveragePool", List.of(sum))));
        one("heads.weight", 1, 1);
        one("heads.bias", 1);
        String logits =
                graph.node("Gemm", List.of(features, "heads.weight", "heads.bias"), OnnxAttribute.of("transB", 1));
        graph.output("colour", graph.node("Softmax", List.of(logits)), "N", 1);
        quantization = new Quantization(graph);
        int values = new CalibrationStatistics(new Placement(graph, Set.of()))
                .values()
                .size();
        quantization.add(Stream.generate(() -> new float[] {1, 2}).limit(values).toArray(float[][]::new));
    }

    private String conv(String name, String input) {
        one(name + ".weight", 1, 1, 1, 1);
        one(name + ".bias", 1);
        return graph.node("Conv", List.of(input, name + ".weight", name + ".bias"));
    }

    private void one(String name, long... shape) {
        ByteBuffer one =
                ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, 1);
        graph.array(name, OnnxType.FLOAT32, one, shape);
    }

    private OnnxGraph int8(String... floatLayers) {
        return quantization.int8(new Int8Choice(RangeMethod.MIN_MAX, true, Set.of(floatLayers)));
    }

    /** The operators of whatever is not a way to bytes or back. */
    private static List<String> operators(OnnxGraph graph) {
        return graph.nodes().stream()
                .map(OnnxNode::operator)
                .filter(operator -> !BYTES.contains(operator))
                .toList();
    }

    /** The operators whose results become bytes, in order. */
    private static List<String> madeBytes(OnnxGraph graph) {
        Set<String> values = graph.nodes().stream()
                .filter(node -> node.operator().equals("QuantizeLinear"))
                .map(node -> node.inputs().get(0))
                .collect(Collectors.toSet());
        return graph.nodes().stream()
                .filter(node -> values.contains(node.result()))
                .map(OnnxNode::operator)
                .toList();
    }

    @Test
    void everythingUpToTheHeadsIsBytesAndSaturationTakesThePlaceOfActivations() {
        OnnxGraph written = int8();

        assertThat(operators(written))
                .containsExactly("Conv", "Conv", "Add", "GlobalAveragePool", "Flatten", "Gemm", "Softmax", "Identity");
        assertThat(madeBytes(written)).containsExactly("Conv", "Conv", "Add", "GlobalAveragePool", "Flatten");
    }

    @Test
    void weightsAreKeptAsBytesOnly() {
        OnnxGraph written = int8();

        assertThat(written.isArray("stem.weight")).isFalse();
        assertThat(written.isArray("stem.weight/int8")).isTrue();
        assertThat(written.isArray("heads.bias/int32")).isTrue();
    }

    @Test
    void aLayerCanStayInFloat32() {
        OnnxGraph written = int8("branch");

        assertThat(written.isArray("branch.weight")).isTrue();
        assertThat(written.isArray("branch.weight/int8")).isFalse();
        assertThat(operators(written)).contains("Relu"); // of a sum that is not of bytes
        assertThat(madeBytes(written)).containsExactly("Conv", "Flatten");
    }

    @Test
    void layersHaveTheNamesOfTheirWeights() {
        assertThat(quantization.layers()).containsExactly("stem", "branch", "heads");
    }
}
