package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Zeros around maps, so that a window that slides over them without padding of its own stops at ceil(size / stride)
 * positions: TensorFlow's padding SAME. In each direction there are kernel - 1 - (size - 1) % stride zeros, the odd one
 * at the end.
 *
 * @param kernel of the window that follows
 * @param stride of the window that follows, at most the kernel
 */
record PadSame(int kernel, int stride) implements Op {

    PadSame {
        Window.check(kernel, stride, 0, 1);
        if (stride > kernel) {
            throw new IllegalArgumentException("stride " + stride + " is more than the kernel " + kernel);
        }
    }

    @Override
    public Shape output(List<Shape> inputs) {
        Shape maps = Ranges.maps(inputs.get(0));
        return new Shape(maps.get(0), padded(maps.get(1)), padded(maps.get(2)));
    }

    private long padded(long size) {
        return size + zeros(size);
    }

    private long zeros(long size) {
        return kernel - 1 - (size - 1) % stride;
    }

    /** Those around maps (C, H, W): above, to the left, below, to the right. */
    List<Long> zeros(Shape maps) {
        long rows = zeros(maps.get(1));
        long columns = zeros(maps.get(2));
        return List.of(rows / 2, columns / 2, rows - rows / 2, columns - columns / 2);
    }

    @Override
    public String expression(Call call) {
        String columns = zeros(call.input(), 3);
        String rows = zeros(call.input(), 2);
        return "torch.constant_pad_nd(" + call.input() + ", [" + columns + ", " + rows + "], 0)";
    }

    @Override
    public String onnx(OnnxCall call) {
        List<Long> zeros = zeros(call.shape());
        return call.over(
                "Pad", List.of(call.graph().longs(0, 0, zeros.get(0), zeros.get(1), 0, 0, zeros.get(2), zeros.get(3))));
    }

    /** Before and after. */
    private String zeros(String maps, int axis) {
        String all = "torch.sub(" + (kernel - 1) + ", torch.remainder(torch.sub(torch.size(" + maps + ", " + axis
                + "), 1), " + stride + "))";
        String before = "torch.floordiv(" + all + ", 2)";
        return before + ", torch.sub(" + all + ", " + before + ")";
    }
}
