package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
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

    /** (N, T, 3 C) to (N, heads, T, C / heads), a view. */
    private String part(Call call, int index) {
        String split = "torch.unflatten(" + call.input() + ", 2, [3, " + heads + ", " + channels / heads + "])";
        return "torch.transpose(torch.select(" + split + ", 2, " + index + "), 1, 2)";
    }
}
