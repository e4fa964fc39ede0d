package io.github.multilabel.model.network;

import io.github.multilabel.core.internal.onnx.OnnxAttribute;

/** A sigmoid of straight lines: x / 6 + 1 / 2 between 0 and 1 (Howard et al. 2019). */
record Hardsigmoid() implements Op {

    @Override
    public String expression(Call call) {
        return "torch.hardsigmoid(" + call.input() + ")";
    }

    @Override
    public String onnx(OnnxCall call) {
        return call.over("HardSigmoid", OnnxAttribute.of("alpha", 1 / 6f), OnnxAttribute.of("beta", 0.5f));
    }
}
