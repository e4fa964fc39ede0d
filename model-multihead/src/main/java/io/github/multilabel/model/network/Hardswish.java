package io.github.multilabel.model.network;

/** x times its {@link Hardsigmoid} (Howard et al. 2019). */
record Hardswish() implements Op {

    @Override
    public String expression(Call call) {
        return "torch.hardswish(" + call.input() + ")";
    }

    @Override
    public String onnx(OnnxCall call) {
        return call.over("HardSwish");
    }
}
