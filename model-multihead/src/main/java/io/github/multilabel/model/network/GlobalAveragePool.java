package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/** The mean of each map: (C, H, W) to (C), float32 in every precision. */
record GlobalAveragePool() implements Op {

    @Override
    public Shape output(List<Shape> inputs) {
        return new Shape(Ranges.maps(inputs.get(0)).get(0));
    }

    @Override
    public String expression(Call call) {
        return "torch.mean(" + call.input() + ", [2, 3], False, dtype=6)";
    }

    @Override
    public String onnx(OnnxCall call) {
        return call.graph().node("Flatten", List.of(call.over("GlobalAveragePool")));
    }
}
