package io.github.multilabel.model.network;

/** 1 / (1 + exp(-x)). */
record Sigmoid() implements Op {

    @Override
    public boolean keepsResult() {
        return true;
    }

    @Override
    public String expression(Call call) {
        return "torch.sigmoid(" + call.input() + ")";
    }

    @Override
    public String onnx(OnnxCall call) {
        return call.over("Sigmoid");
    }
}
