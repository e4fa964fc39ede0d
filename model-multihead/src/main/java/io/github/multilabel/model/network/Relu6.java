package io.github.multilabel.model.network;

import java.util.List;

/** The input between 0 and 6. */
record Relu6() implements Op {

    @Override
    public boolean keepsResult() {
        return true;
    }

    @Override
    public String expression(Call call) {
        return (call.consumes() ? "torch.hardtanh_(" : "torch.hardtanh(") + call.input() + ", 0, 6)";
    }

    @Override
    public String onnx(OnnxCall call) {
        return call.over("Clip", List.of(call.graph().scalar(0), call.graph().scalar(6)));
    }
}
