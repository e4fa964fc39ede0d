package io.github.multilabel.model.internal.heads;

import io.github.multilabel.core.internal.onnx.OnnxAttribute;
import io.github.multilabel.core.internal.onnx.OnnxGraph;
import io.github.multilabel.core.internal.onnx.OnnxWeights;
import io.github.multilabel.model.drift.UsualFeatures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Adds heads to a graph of ONNX, the products of {@link HeadText} as it predicts. */
final class HeadOnnx {

    private final OnnxGraph graph;
    private final OnnxWeights weights;
    private final Iterator<HeadStack.Product> products;
    private final Iterator<String> parameters;

    private HeadOnnx(HeadStack stack, OnnxGraph graph, OnnxWeights weights, List<String> parameters) {
        this.graph = graph;
        this.weights = weights;
        this.products = stack.products().iterator();
        this.parameters = parameters.iterator();
    }

    /** See {@link HeadStack#onnx}. */
    static List<String> logits(
            HeadStack stack, OnnxGraph graph, String features, OnnxWeights weights, List<String> parameters) {
        return new HeadOnnx(stack, graph, weights, parameters).logits(stack, features);
    }

    private List<String> logits(HeadStack stack, String features) {
        Map<HeadStack.Part, String> logits = new HashMap<>();
        graph.within("heads");
        if (!stack.linear().isEmpty()) {
            put(logits, stack.linear(), next("heads", features));
        }
        if (!stack.deep().isEmpty()) {
            Map<HeadStack.Part, String> units = new HashMap<>();
            put(units, stack.deep(), next("hidden", features));
            for (HeadStack.Part head : stack.deep()) {
                String hidden = graph.node("Relu", List.of(Objects.requireNonNull(units.get(head))));
                // by position: no name of a head reaches the graph
                logits.put(
                        head,
                        next("heads." + stack.heads().indexOf(head), hidden).get(0));
            }
        }
        List<String> results = new ArrayList<>(stack.heads().stream()
                .map(head -> Objects.requireNonNull(logits.get(head)))
                .toList());
        stack.distanceScale().ifPresent(scale -> results.add(distance(features, (float) scale)));
        return results;
    }

    /** The formula is that of {@link UsualFeatures#distance}. */
    private String distance(String features, float scale) {
        graph.within("distance");
        String mean = weights.add("usual.mean", parameters.next());
        String directions = weights.add("usual.directions", "torch.t(" + parameters.next() + ")");
        String length = graph.node("Sqrt", List.of(squares(features)));
        String least = graph.node("Max", List.of(length, graph.scalar((float) UsualFeatures.LEAST_LENGTH)));
        String unit = graph.node("Div", List.of(features, least));
        String off = graph.node("Sub", List.of(graph.node("Mul", List.of(unit, graph.scalar(scale))), mean));
        String along = graph.node("MatMul", List.of(off, directions));
        String rest = graph.node("Sub", List.of(squares(off), squares(along)));
        return graph.node("Sqrt", List.of(graph.node("Max", List.of(rest, graph.scalar(0)))));
    }

    private String squares(String value) {
        return graph.node("ReduceSum", List.of(graph.node("Mul", List.of(value, value)), graph.longs(1)));
    }

    private static void put(Map<HeadStack.Part, String> values, List<HeadStack.Part> heads, List<String> results) {
        for (int i = 0; i < heads.size(); i++) {
            values.put(heads.get(i), results.get(i));
        }
    }

    /** The next product, as a value for each of its heads. */
    private List<String> next(String name, String input) {
        HeadStack.Product product = products.next();
        String weight = weights.add(name + ".weight", parameters.next());
        String bias = weights.add(name + ".bias", parameters.next());
        String all = graph.node("Gemm", List.of(input, weight, bias), OnnxAttribute.of("transB", 1));
        List<Integer> counts = product.counts();
        if (counts.size() == 1) {
            return List.of(all);
        }
        String sizes = graph.longs(counts.stream().mapToLong(count -> count).toArray());
        return graph.nodes("Split", List.of(all, sizes), counts.size(), OnnxAttribute.of("axis", 1));
    }
}
