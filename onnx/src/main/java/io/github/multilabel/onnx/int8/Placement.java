package io.github.multilabel.onnx.int8;

import io.github.multilabel.core.internal.onnx.OnnxGraph;
import io.github.multilabel.core.internal.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which values of a graph become bytes: what layers read, what convolutions give (ONNX Runtime computes a convolution
 * in int8 only where its result is bytes too), and what pools and additions make of bytes. Everything else stays
 * float32.
 */
final class Placement {

    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private final Map<String, List<OnnxNode>> readers = new HashMap<>();
    /** The names of the activations that saturation computes. */
    private final Set<String> saturated = new HashSet<>();
    /** The values, in order, each with the one whose range it has. */
    private final Map<String, String> bytes = new LinkedHashMap<>();

    /** @param floatLayers the names of the layers that are not to be computed in int8 */
    Placement(OnnxGraph graph, Set<String> floatLayers) {
        for (OnnxNode node : graph.nodes()) {
            node.inputs().forEach(input -> readers.computeIfAbsent(input, key -> new ArrayList<>())
                    .add(node));
            Layer.of(node, graph)
                    .filter(layer -> !floatLayers.contains(layer.name()))
                    .ifPresent(layer -> layers.put(node.name(), layer));
        }
        graph.nodes().forEach(this::place);
    }

    private void place(OnnxNode node) {
        Layer layer = layers.get(node.name());
        if (layer != null) {
            put(layer.input());
            if (layer.isConvolution()) {
                put(activated(node.result()));
            }
        } else if (node.operator().equals("Add") && node.inputs().stream().allMatch(bytes::containsKey)) {
            put(activated(node.result()));
        } else if (node.operator().equals("MaxPool")
                && bytes.containsKey(node.inputs().get(0))) {
            bytes.putIfAbsent(node.result(), bytes.get(node.inputs().get(0)));
        } else if (node.operator().equals("GlobalAveragePool")
                && bytes.containsKey(node.inputs().get(0))) {
            put(node.result());
        }
    }

    private void put(String value) {
        bytes.putIfAbsent(value, value);
    }

    /** The value after an activation that saturation computes exactly, if it is all that reads the given one. */
    private String activated(String value) {
        List<OnnxNode> all = readers.getOrDefault(value, List.of());
        if (all.size() == 1 && saturates(all.get(0))) {
            saturated.add(all.get(0).name());
            return all.get(0).result();
        }
        return value;
    }

    /** Bytes whose zero point is 0 hold nothing below zero, and nothing above the end of their range. */
    private static boolean saturates(OnnxNode node) {
        return node.operator().equals("Relu") || node.operator().equals("Clip");
    }

    /** The layers that are computed in int8, by the names of their operations. */
    Map<String, Layer> layers() {
        return layers;
    }

    /** The values that become bytes, in order, each with the one whose range it has. */
    Map<String, String> bytes() {
        return bytes;
    }

    /** Whether an operation is left out, since making bytes of what it reads does the same. */
    boolean isSaturated(OnnxNode node) {
        return saturated.contains(node.name());
    }
}
