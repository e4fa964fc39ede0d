package io.github.multilabel.model.network;

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
}
