package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/** The mean of each map, as a map of one pixel: (C, H, W) to (C, 1, 1). */
record Squeeze() implements Op {

    @Override
    public Shape output(List<Shape> inputs) {
        return new Shape(Ranges.maps(inputs.get(0)).get(0), 1, 1);
    }

    @Override
    public String expression(Call call) {
        return "torch.mean(" + call.input() + ", [2, 3], True)";
    }

    @Override
    public String onnx(OnnxCall call) {
        return call.over("GlobalAveragePool");
    }
}
