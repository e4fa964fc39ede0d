package io.github.multilabel.model.network;

import java.util.List;

/** x times its {@link Sigmoid}, also called swish. */
record Silu() implements Op {

    @Override
    public String expression(Call call) {
        return "torch.silu(" + call.input() + ")";
    }

    @Override
    public String onnx(OnnxCall call) {
        return call.over("Mul", List.of(call.over("Sigmoid")));
    }
}
