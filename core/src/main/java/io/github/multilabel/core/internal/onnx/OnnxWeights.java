package io.github.multilabel.core.internal.onnx;

import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The weights of a graph while it is being made, as expressions of a program text: {@code p[3]}, or what has to be
 * computed of it once. One native call gives their values.
 */
public final class OnnxWeights {

    private final Map<String, String> expressions = new LinkedHashMap<>();

    /**
     * Adds one.
     *
     * @param name that no other has
     * @param expression of the list {@code p} of all parameters
     * @return the name
     */
    public String add(String name, String expression) {
        if (expressions.putIfAbsent(name, expression) != null) {
            throw new IllegalArgumentException("two weights are named '" + name + "'");
        }
        return name;
    }

    /** The method {@code weights(p)}: the values in the order of their names, dense. */
    public String program() {
        return "def weights(self, p: List[Tensor]) -> List[Tensor]:\n  return ["
                + expressions.values().stream()
                        .map(expression -> "torch.contiguous(" + expression + ", memory_format=0)")
                        .collect(Collectors.joining(", "))
                + "]\n";
    }

    /** Adds the values to a graph. */
    public void addTo(OnnxGraph graph, NDList values) {
        List<String> names = new ArrayList<>(expressions.keySet());
        for (int i = 0; i < names.size(); i++) {
            graph.weight(names.get(i), values.get(i));
        }
    }
}
