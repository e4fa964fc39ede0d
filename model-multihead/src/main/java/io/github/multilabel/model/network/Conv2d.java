package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.List;

/** A convolution with a square kernel; its weight is (out, in / groups, kernel, kernel). */
record Conv2d(
        int in, int out, int kernel, int stride, int padding, int dilation, int groups, boolean bias, ConvInit init)
        implements Op {

    Conv2d {
        Ranges.channels("in", in);
        Ranges.channels("out", out);
        Ranges.channels("groups", groups);
        Window.check(kernel, stride, padding, dilation);
        if (in % groups != 0 || out % groups != 0) {
            throw new IllegalArgumentException(
                    "groups " + groups + " must divide the " + in + " channels in and the " + out + " channels out");
        }
    }

    Conv2d withBias() {
        return new Conv2d(in, out, kernel, stride, padding, dilation, groups, true, init);
    }

    @Override
    public Shape output(List<Shape> inputs) {
        return new Window(kernel, stride, padding, dilation).over(Ranges.maps(inputs.get(0), in), out);
    }

    @Override
    public List<ParameterSpec> parameters() {
        Shape shape = new Shape(out, in / groups, kernel, kernel);
        ParameterSpec weight = new ParameterSpec("weight", shape, Parameter.Type.WEIGHT, init.weight(shape, groups));
        return bias
                ? List.of(weight, new ParameterSpec("bias", new Shape(out), Parameter.Type.BIAS, init.bias(shape)))
                : List.of(weight);
    }

    @Override
    public long multiplyAdds(Shape output) {
        return output.size() * (in / groups) * kernel * kernel;
    }

    @Override
    public String expression(Call call) {
        return "torch.conv2d(" + call.input() + ", " + call.cast(0) + ", " + (bias ? call.cast(1) : "None") + ", "
                + Call.square(stride) + ", " + Call.square(padding) + ", " + Call.square(dilation) + ", " + groups
                + ")";
    }
}
