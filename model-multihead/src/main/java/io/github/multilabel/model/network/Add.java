package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/** The sum of two inputs of one shape. */
record Add() implements Op {

    @Override
    public int arity() {
        return 2;
    }

    @Override
    public Shape output(List<Shape> inputs) {
        if (!inputs.get(0).equals(inputs.get(1))) {
            throw new IllegalArgumentException("needs two inputs of one shape, got " + inputs);
        }
        return inputs.get(0);
    }

    @Override
    public String expression(Call call) {
        return (call.consumes() ? "torch.add_(" : "torch.add(") + String.join(", ", call.inputs()) + ")";
    }

    @Override
    public String onnx(OnnxCall call) {
        return call.graph().node("Add", call.inputs());
    }
}
