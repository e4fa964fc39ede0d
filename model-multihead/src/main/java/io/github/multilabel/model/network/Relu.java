package io.github.multilabel.model.network;

/** The larger of 0 and the input. */
record Relu() implements Op {

    @Override
    public boolean keepsResult() {
        return true;
    }

    @Override
    public String expression(Call call) {
        return (call.consumes() ? "torch.relu_(" : "torch.relu(") + call.input() + ")";
    }

    @Override
    public String onnx(OnnxCall call) {
        return call.over("Relu");
    }
}
