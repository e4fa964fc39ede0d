package io.github.multilabel.onnx.int8;

import io.github.multilabel.core.internal.onnx.OnnxGraph;
import io.github.multilabel.core.internal.onnx.OnnxNode;
import java.util.List;
import java.util.Optional;

/**
 * An operation with weights: a convolution or a linear layer.
 *
 * @param node {@code Conv} with weights (out, in / groups, height, width), {@code Gemm} with weights (out, in), or
 *     {@code MatMul} with weights (in, out)
 * @param shape of its weights
 */
record Layer(OnnxNode node, List<Long> shape) {

    private static final String SUFFIX = ".weight";

    /** The layer that an operation is, if it is one. */
    static Optional<Layer> of(OnnxNode node, OnnxGraph graph) {
        return switch (node.operator()) {
            case "Conv", "Gemm", "MatMul" ->
                Optional.of(node)
                        .filter(each -> graph.isArray(each.inputs().get(1)))
                        .map(each -> new Layer(each, graph.shapeOf(each.inputs().get(1))))
                        .filter(each -> each.weight().endsWith(SUFFIX));
            default -> Optional.empty();
        };
    }

    /** The name for people, such as {@code backbone.conv1}. */
    String name() {
        String weight = weight();
        return weight.endsWith(SUFFIX) ? weight.substring(0, weight.length() - SUFFIX.length()) : weight;
    }

    String input() {
        return node.inputs().get(0);
    }

    String weight() {
        return node.inputs().get(1);
    }

    Optional<String> bias() {
        return node.inputs().size() > 2 ? Optional.of(node.inputs().get(2)) : Optional.empty();
    }

    boolean isConvolution() {
        return node.operator().equals("Conv");
    }

    private boolean isProduct() {
        return node.operator().equals("MatMul");
    }

    /** The axis of the weights along which the output channels are. */
    int axis() {
        return isProduct() ? 1 : 0;
    }

    int outputs() {
        return shape.get(axis()).intValue();
    }

    /** How many weights each output has. */
    int fanIn() {
        return (int) shape.stream().mapToLong(length -> length).reduce(1, Math::multiplyExact) / outputs();
    }

    /** Where a weight of an output is among all weights, row after row. */
    int position(int output, int weight) {
        return isProduct() ? weight * outputs() + output : output * fanIn() + weight;
    }

    /** How many channels of the input each output reads. */
    int inputs() {
        return (isProduct() ? shape.get(0) : shape.get(1)).intValue();
    }

    /** How many channels the input has, of which each output may read a part. */
    int channels() {
        return inputs() * (int) node.whole("group", 1);
    }
}
