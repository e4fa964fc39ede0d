package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.internal.onnx.OnnxAttribute;
import io.github.multilabel.core.internal.onnx.OnnxGraph;
import java.util.List;

/**
 * Scaled dot product attention of several heads (Vaswani et al. 2017): from queries, keys and values side by side, (T,
 * 3 C), to (T, C).
 *
 * @param channels C
 * @param heads divides C
 */
record Attention(int channels, int heads) implements Op {

    Attention {
        Ranges.channels("channels", channels);
        Ranges.channels("heads", heads);
        if (channels % heads != 0) {
            throw new IllegalArgumentException("heads " + heads + " must divide the " + channels + " channels");
        }
    }

    @Override
    public Shape output(List<Shape> inputs) {
        Shape tokens = Ranges.lastAxis(Ranges.tokens(inputs.get(0)), 3L * channels);
        return new Shape(tokens.get(0), channels);
    }

    @Override
    public long multiplyAdds(Shape output) {
        return 2 * output.get(0) * output.size();
    }

    /** PyTorch's fused attention computes its gradient from the result, of which this may be a view. */
    @Override
    public boolean keepsResult() {
        return true;
    }

    @Override
    public String expression(Call call) {
        String attended = "torch.scaled_dot_product_attention(" + part(call, 0) + ", " + part(call, 1) + ", "
                + part(call, 2) + ")";
        return "torch.flatten(torch.transpose(" + attended + ", 1, 2), 2)";
    }

    @Override
    public String onnx(OnnxCall call) {
        OnnxGraph graph = call.graph();
        List<String> parts = graph.nodes("Split", List.of(call.input()), 3, OnnxAttribute.of("axis", 2));
        long tokens = call.shape().get(0);
        String queries = call.transposed(ofHeads(call, parts.get(0), tokens), 0, 2, 1, 3);
        String keys = call.transposed(ofHeads(call, parts.get(1), tokens), 0, 2, 3, 1);
        String values = call.transposed(ofHeads(call, parts.get(2), tokens), 0, 2, 1, 3);
        String scale = graph.scalar((float) (1 / Math.sqrt((double) channels / heads)));
        String products = graph.node("Mul", List.of(graph.node("MatMul", List.of(queries, keys)), scale));
        String shares = graph.node("Softmax", List.of(products), OnnxAttribute.of("axis", -1));
        String attended = graph.node("MatMul", List.of(shares, values));
        return call.reshaped(call.transposed(attended, 0, 2, 1, 3), 0, tokens, channels);
    }

    /** (N, T, C) to (N, T, heads, C / heads). */
    private String ofHeads(OnnxCall call, String part, long tokens) {
        return call.reshaped(part, 0, tokens, heads, channels / heads);
    }

    /** (N, T, 3 C) to (N, heads, T, C / heads), a view. */
    private String part(Call call, int index) {
        String split = "torch.unflatten(" + call.input() + ", 2, [3, " + heads + ", " + channels / heads + "])";
        return "torch.transpose(torch.select(" + split + ", 2, " + index + "), 1, 2)";
    }
}
