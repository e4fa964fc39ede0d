package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.internal.onnx.OnnxAttribute;
import io.github.multilabel.core.internal.onnx.OnnxGraph;
import io.github.multilabel.core.internal.onnx.OnnxWeights;
import java.util.ArrayList;
import java.util.List;

/**
 * What an operation needs to know to add itself to a graph of ONNX.
 *
 * @param graph that it is added to
 * @param weights of the graph
 * @param inputs the names of its inputs in the graph
 * @param shapes of its inputs for one image
 * @param zeros around the first input that are not there yet: before and after in each direction, as
 *     {@link PadSame#zeros} gives them. Only a convolution, which adds them itself, gets other than 0
 * @param names of its parameters
 * @param parameters the expressions of its parameters in a program text
 */
record OnnxCall(
        OnnxGraph graph,
        OnnxWeights weights,
        List<String> inputs,
        List<Shape> shapes,
        List<Long> zeros,
        List<String> names,
        List<String> parameters) {

    String input() {
        return inputs.get(0);
    }

    /** The shape of the first input for one image. */
    Shape shape() {
        return shapes.get(0);
    }

    /** A parameter as it is stored. */
    String weight(int index) {
        return weight(index, parameters.get(index));
    }

    /** What is computed of a parameter once, by an expression of a program text. */
    String weight(int index, String expression) {
        return weights.add(names.get(index), expression);
    }

    /** An operation over the first input and others. */
    String over(String operator, List<String> others, OnnxAttribute... attributes) {
        return graph.node(operator, concat(input(), others), attributes);
    }

    /** An operation over the first input. */
    String over(String operator, OnnxAttribute... attributes) {
        return over(operator, List.of(), attributes);
    }

    /** The value in another order of its axes, that of the batch included. */
    String transposed(String value, long... axes) {
        return graph.node("Transpose", List.of(value), OnnxAttribute.ofAll("perm", axes));
    }

    /** The value in another shape; 0 stands for the length that the axis has. */
    String reshaped(String value, long... shape) {
        return graph.node("Reshape", List.of(value, graph.longs(shape)));
    }

    private static List<String> concat(String first, List<String> others) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(others);
        return all;
    }
}
