package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.internal.onnx.OnnxAttribute;
import java.util.List;

/** The first of the tokens: (T, C) to (C), float32 in every precision. */
record FirstToken() implements Op {

    @Override
    public Shape output(List<Shape> inputs) {
        return new Shape(Ranges.tokens(inputs.get(0)).get(1));
    }

    /** It is a view of its input, which may have to stay. */
    @Override
    public boolean keepsResult() {
        return true;
    }

    @Override
    public String expression(Call call) {
        return "torch.to(torch.select(" + call.input() + ", 1, 0), 6)";
    }

    @Override
    public String onnx(OnnxCall call) {
        return call.over("Gather", List.of(call.graph().position(0)), OnnxAttribute.of("axis", 1));
    }
}
