package io.github.multilabel.onnx.int8;

import io.github.multilabel.core.internal.onnx.OnnxGraph;
import java.util.List;
import java.util.Set;

/**
 * Brings a graph to int8: first runs with calibration images tell the ranges of its values, then graphs can be made of
 * it in several ways. One thread at a time.
 *
 * @hidden
 */
public final class Quantization {

    private final OnnxGraph graph;
    private final Placement placement;
    private final CalibrationStatistics statistics;

    /** @param graph in float32, whose weights live as long as it is used here */
    public Quantization(OnnxGraph graph) {
        this.graph = graph;
        placement = new Placement(graph, Set.of());
        statistics = new CalibrationStatistics(placement);
    }

    /** A program whose outputs are the values whose ranges are wanted. */
    public OnnxGraph observed() {
        return graph.withOutputs(statistics.values());
    }

    /**
     * Adds what {@link #observed} gives for one image.
     *
     * @throws IllegalArgumentException if a value is not finite
     */
    public void add(float[][] values) {
        statistics.add(values);
    }

    /** The names of the layers with weights, in the order in which they are computed. */
    public List<String> layers() {
        return placement.layers().values().stream().map(Layer::name).toList();
    }

    /** The graph in int8. */
    public OnnxGraph int8(Int8Choice choice) {
        return Int8Graph.of(graph, statistics, choice);
    }
}
