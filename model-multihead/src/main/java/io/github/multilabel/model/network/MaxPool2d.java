package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.internal.onnx.OnnxAttribute;
import java.util.List;

/** The largest value in each position of a square window; padding never wins. */
record MaxPool2d(int kernel, int stride, int padding) implements Op {

    MaxPool2d {
        Window.check(kernel, stride, padding, 1);
        if (padding > kernel / 2) {
            throw new IllegalArgumentException("padding " + padding + " is more than half the kernel " + kernel);
        }
    }

    @Override
    public Shape output(List<Shape> inputs) {
        Shape maps = Ranges.maps(inputs.get(0));
        return new Window(kernel, stride, padding, 1).over(maps, maps.get(0));
    }

    @Override
    public String expression(Call call) {
        return "torch.max_pool2d(" + call.input() + ", " + Call.square(kernel) + ", " + Call.square(stride) + ", "
                + Call.square(padding) + ")";
    }

    @Override
    public String onnx(OnnxCall call) {
        return call.over(
                "MaxPool",
                OnnxAttribute.ofAll("kernel_shape", kernel, kernel),
                OnnxAttribute.ofAll("strides", stride, stride),
                OnnxAttribute.ofAll("pads", padding, padding, padding, padding));
    }
}
