package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/** (H, W, C) as maps (C, H, W): undoes {@link ChannelsLast}. */
record ChannelsFirst() implements Op {

    @Override
    public Shape output(List<Shape> inputs) {
        Shape pixels = Ranges.maps(inputs.get(0));
        return new Shape(pixels.get(2), pixels.get(0), pixels.get(1));
    }

    /** It is another view of its input, which may have to stay. */
    @Override
    public boolean keepsResult() {
        return true;
    }

    @Override
    public String expression(Call call) {
        return "torch.permute(" + call.input() + ", [0, 3, 1, 2])";
    }

    @Override
    public String onnx(OnnxCall call) {
        return call.transposed(call.input(), 0, 3, 1, 2);
    }
}
