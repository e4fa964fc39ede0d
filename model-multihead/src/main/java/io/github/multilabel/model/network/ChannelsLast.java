package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/** Maps (C, H, W) as (H, W, C), so that {@link LayerNorm} and {@link Linear} see the channels of each pixel. */
record ChannelsLast() implements Op {

    @Override
    public Shape output(List<Shape> inputs) {
        Shape maps = Ranges.maps(inputs.get(0));
        return new Shape(maps.get(1), maps.get(2), maps.get(0));
    }

    /** It is another view of its input, which may have to stay. */
    @Override
    public boolean keepsResult() {
        return true;
    }

    @Override
    public String expression(Call call) {
        return "torch.permute(" + call.input() + ", [0, 2, 3, 1])";
    }

    @Override
    public String onnx(OnnxCall call) {
        return call.transposed(call.input(), 0, 2, 3, 1);
    }
}
