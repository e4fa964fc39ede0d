package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/** The larger of 0 and the input. */
record Relu() implements Op {

    @Override
    public Shape output(List<Shape> inputs) {
        return inputs.get(0);
    }

    @Override
    public boolean keepsResult() {
        return true;
    }

    @Override
    public String expression(Call call) {
        return (call.consumes() ? "torch.relu_(" : "torch.relu(") + call.input() + ")";
    }
}
