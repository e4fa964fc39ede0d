package io.github.multilabel.model.network;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.internal.onnx.OnnxGraph;
import io.github.multilabel.core.internal.onnx.OnnxWeights;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.core.torch.TorchValue;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.model.internal.heads.HeadStack;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Adds a network to a graph of ONNX as it predicts: with batch norms folded into the convolutions before them, and for
 * images of one size, so that zeros around maps and positions of tokens are constants.
 */
final class NetworkOnnx {

    private static final String BACKBONE = "backbone.";
    private static final List<Long> NO_ZEROS = Collections.nCopies(4, 0L);

    private final OnnxGraph graph;
    private final Network network;
    private final Map<String, Shape> shapes;
    private final OnnxWeights weights = new OnnxWeights();
    /** The names of the results in the graph, by layer. */
    private final Map<String, String> values = new HashMap<>();
    /** Zeros that are not added yet, by layer. */
    private final Map<String, List<Long>> zeros = new HashMap<>();

    private NetworkOnnx(OnnxGraph graph, Network network, long height, long width) {
        this.graph = graph;
        this.network = network;
        shapes = network.shapes(height, width);
    }

    /**
     * Adds a network with heads.
     *
     * @param image the name of the images (N, 3, H, W) in the graph, normalised
     * @param parameters of the network, then those of the heads
     * @param results will own the weights, which must live until the graph is written
     * @return the names of the logits of each head
     * @throws IllegalArgumentException if the image is too small
     */
    static List<String> add(
            OnnxGraph graph,
            String image,
            long height,
            long width,
            Network network,
            NDList parameters,
            HeadStack heads,
            NDManager results) {
        Folding folding = new Folding(network, Precision.FLOAT32);
        NetworkOnnx onnx = new NetworkOnnx(graph, folding.folded(), height, width);
        List<String> logits = onnx.logits(image, heads);
        try (NDManager call = TorchEngine.newManager(parameters.head().getDevice());
                TorchFunction program =
                        TorchFunction.load(call, folding.prepare(Fusions.none()) + onnx.weights.program());
                TorchValue prepared = program.run("prepare", parameters);
                TorchValue weights = program.run("weights", prepared)) {
            onnx.weights.addTo(graph, weights.toList(results));
        }
        return logits;
    }

    private List<String> logits(String image, HeadStack heads) {
        values.put(Layer.IMAGE, image);
        int parameter = 0;
        String last = image;
        for (Layer layer : network.layers()) {
            List<String> names = layer.parameters().stream()
                    .map(spec -> BACKBONE + spec.name())
                    .toList();
            graph.within(layer.name());
            last = add(layer, names, parameters(parameter, names.size()));
            parameter += names.size();
        }
        return heads.onnx(graph, last, weights, parameters(parameter, heads.parameterCount()));
    }

    private String add(Layer layer, List<String> names, List<String> parameters) {
        String first = layer.inputs().get(0);
        String value;
        if (layer.op() instanceof PadSame pad && isReadByConvolutionsAlone(layer)) {
            value = valueOf(first);
            zeros.put(layer.name(), pad.zeros(shapeOf(first)));
        } else {
            value = layer.op()
                    .onnx(new OnnxCall(
                            graph,
                            weights,
                            layer.inputs().stream().map(this::valueOf).toList(),
                            layer.inputs().stream().map(this::shapeOf).toList(),
                            zeros.getOrDefault(first, NO_ZEROS),
                            names,
                            parameters));
        }
        values.put(layer.name(), value);
        return value;
    }

    /** These pad by themselves, which is faster than another pass over the maps. */
    private boolean isReadByConvolutionsAlone(Layer pad) {
        return network.layers().stream()
                .filter(layer -> layer.inputs().contains(pad.name()))
                .allMatch(layer -> layer.op() instanceof Conv2d);
    }

    private String valueOf(String layer) {
        return Objects.requireNonNull(values.get(layer), layer);
    }

    private Shape shapeOf(String layer) {
        return Objects.requireNonNull(shapes.get(layer), layer);
    }

    private static List<String> parameters(int start, int count) {
        return IntStream.range(start, start + count)
                .mapToObj(i -> "p[" + i + "]")
                .toList();
    }
}
