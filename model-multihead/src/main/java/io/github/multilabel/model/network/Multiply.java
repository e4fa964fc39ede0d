package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/** Maps (C, H, W), each multiplied by its own number of the second input (C, 1, 1). */
record Multiply() implements Op {

    @Override
    public int arity() {
        return 2;
    }

    @Override
    public Shape output(List<Shape> inputs) {
        Shape maps = Ranges.maps(inputs.get(0));
        if (!inputs.get(1).equals(new Shape(maps.get(0), 1, 1))) {
            throw new IllegalArgumentException("needs maps (C, H, W) and a number (C, 1, 1) for each, got " + inputs);
        }
        return maps;
    }

    @Override
    public String expression(Call call) {
        return "torch.mul(" + String.join(", ", call.inputs()) + ")";
    }

    @Override
    public String onnx(OnnxCall call) {
        return call.graph().node("Mul", call.inputs());
    }
}
