package io.github.multilabel.onnx.int8;

import io.github.multilabel.core.internal.onnx.OnnxAttribute;
import io.github.multilabel.core.internal.onnx.OnnxGraph;
import io.github.multilabel.core.internal.onnx.OnnxNode;
import io.github.multilabel.core.internal.onnx.OnnxType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes a graph anew with {@code QuantizeLinear} and {@code DequantizeLinear} around what is computed in int8, the
 * form (QDQ) that ONNX Runtime and OpenVINO read alike: values as unsigned bytes with a zero point, weights as signed
 * bytes with a scale for each output, biases as whole numbers of 4 bytes whose scale is the product of both.
 */
final class Int8Graph {

    private final OnnxGraph graph;
    private final Placement placement;
    private final CalibrationStatistics statistics;
    private final Int8Choice choice;

    private final List<OnnxNode> nodes = new ArrayList<>();
    /** Arrays by their names, which are added once the graph is there. */
    private final Map<String, Array> arrays = new LinkedHashMap<>();
    /** The name by which a value is read, if it is another. */
    private final Map<String, String> read = new HashMap<>();

    private record Array(OnnxType type, ByteBuffer values, long... shape) {}

    private Int8Graph(OnnxGraph graph, CalibrationStatistics statistics, Int8Choice choice) {
        this.graph = graph;
        this.placement = new Placement(graph, choice.floatLayers());
        this.statistics = statistics;
        this.choice = choice;
    }

    /** A graph in int8. */
    static OnnxGraph of(OnnxGraph graph, CalibrationStatistics statistics, Int8Choice choice) {
        return new Int8Graph(graph, statistics, choice).written();
    }

    private OnnxGraph written() {
        placement.bytes().keySet().stream()
                .filter(value ->
                        graph.nodes().stream().noneMatch(node -> node.results().contains(value)))
                .forEach(input -> bytes(input, input));
        for (OnnxNode node : graph.nodes()) {
            if (placement.isSaturated(node)) {
                String unbounded = node.inputs().get(0);
                bytes(node.result(), unbounded);
            } else {
                Layer layer = placement.layers().get(node.name());
                nodes.add(layer == null ? node.over(readAs(node.inputs())) : int8(layer));
                node.results().stream().filter(placement.bytes()::containsKey).forEach(result -> bytes(result, result));
            }
        }
        OnnxGraph written = graph.withNodes(nodes);
        arrays.forEach((name, array) -> written.array(name, array.type(), array.values(), array.shape()));
        return written;
    }

    private List<String> readAs(List<String> values) {
        return values.stream().map(value -> read.getOrDefault(value, value)).toList();
    }

    private ActivationRange range(String value) {
        String observed = Objects.requireNonNull(placement.bytes().get(value), value);
        return statistics.range(choice.ranges(), observed);
    }

    /** Makes bytes of a value, which is computed under another name where saturation does the rest. */
    private void bytes(String value, String computed) {
        ActivationRange range = range(value);
        String scale = value + "/scale";
        String zero = value + "/zero";
        arrays.put(scale, floats(new float[] {range.scale()}));
        arrays.put(zero, new Array(OnnxType.UINT8, ByteBuffer.wrap(new byte[] {(byte) range.zeroPoint()})));
        String quantized = value + "/uint8";
        nodes.add(node("QuantizeLinear", List.of(computed, scale, zero), quantized));
        String dequantized = value + "/float32";
        nodes.add(node("DequantizeLinear", List.of(quantized, scale, zero), dequantized));
        read.put(value, dequantized);
    }

    private static OnnxNode node(String operator, List<String> inputs, String result, OnnxAttribute... attributes) {
        return new OnnxNode(result, operator, inputs, List.of(result), List.of(attributes));
    }

    private OnnxNode int8(Layer layer) {
        LayerWeights weights = new LayerWeights(layer, graph.valuesOf(layer.weight()));
        List<String> inputs = new ArrayList<>(readAs(List.of(layer.input())));
        inputs.add(weights(layer, weights));
        layer.bias().ifPresent(bias -> inputs.add(bias(layer, bias, weights)));
        return layer.node().over(inputs);
    }

    private String weights(Layer layer, LayerWeights weights) {
        String name = layer.weight();
        String scale = name + "/scale";
        String zero = name + "/zero";
        long[] shape = layer.shape().stream().mapToLong(length -> length).toArray();
        arrays.put(name + "/int8", new Array(OnnxType.INT8, ByteBuffer.wrap(weights.rounded()), shape));
        arrays.put(scale, floats(weights.scales(), layer.outputs()));
        arrays.put(zero, new Array(OnnxType.INT8, ByteBuffer.allocate(layer.outputs()), layer.outputs()));
        nodes.add(node(
                "DequantizeLinear",
                List.of(name + "/int8", scale, zero),
                name + "/float32",
                OnnxAttribute.of("axis", layer.axis())));
        return name + "/float32";
    }

    private String bias(Layer layer, String bias, LayerWeights weights) {
        float[] exact = graph.valuesOf(bias);
        float[] shifts = choice.isBiasCorrected() ? weights.shifts(statistics.means(layer)) : new float[exact.length];
        float[] scales = weights.scales().clone();
        ByteBuffer rounded = ByteBuffer.allocate(exact.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        float step = range(layer.input()).scale();
        for (int i = 0; i < exact.length; i++) {
            scales[i] *= step;
            rounded.putInt((int) Math.rint(((double) exact[i] + shifts[i]) / scales[i])); // saturates
        }
        arrays.put(bias + "/int32", new Array(OnnxType.INT32, rounded, exact.length));
        arrays.put(bias + "/scale", floats(scales, exact.length));
        nodes.add(node(
                "DequantizeLinear",
                List.of(bias + "/int32", bias + "/scale"),
                bias + "/float32",
                OnnxAttribute.of("axis", 0)));
        return bias + "/float32";
    }

    private static Array floats(float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return new Array(OnnxType.FLOAT32, bytes, shape);
    }
}
