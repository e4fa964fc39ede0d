package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.github.multilabel.core.internal.onnx.OnnxAttribute;
import io.github.multilabel.core.torch.Precision;
import java.util.List;

/** A convolution with a square kernel; its weight is (out, in / groups, kernel, kernel). */
record Conv2d(
        int in, int out, int kernel, int stride, int padding, int dilation, int groups, boolean bias, ConvInit init)
        implements Op {

    /** The widest kernel of which oneDNN computes the gradient of a depthwise weight fast. */
    private static final int SLIM = 3;

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
        return call.depthwise() != Depthwise.PLAIN && isDepthwise() && dilation == 1
                ? slim(call)
                : convolution(call.input(), call.cast(0), bias ? call.cast(1) : "None", Call.square(padding));
    }

    @Override
    public String onnx(OnnxCall call) {
        List<String> weights = bias ? List.of(call.weight(0), call.weight(1)) : List.of(call.weight(0));
        List<Long> zeros = call.zeros();
        return call.over(
                "Conv",
                weights,
                OnnxAttribute.ofAll("kernel_shape", kernel, kernel),
                OnnxAttribute.ofAll("strides", stride, stride),
                OnnxAttribute.ofAll(
                        "pads",
                        padding + zeros.get(0),
                        padding + zeros.get(1),
                        padding + zeros.get(2),
                        padding + zeros.get(3)),
                OnnxAttribute.ofAll("dilations", dilation, dilation),
                OnnxAttribute.of("group", groups));
    }

    private boolean isDepthwise() {
        return groups == in && groups == out;
    }

    private String convolution(String maps, String weight, String bias, String padding) {
        return "torch.conv2d(" + maps + ", " + weight + ", " + bias + ", " + Call.square(stride) + ", " + padding + ", "
                + Call.square(dilation) + ", " + groups + ")";
    }

    /**
     * The same sum, in a shape of which oneDNN 3.7 computes the gradients fast. Those of a depthwise weight that is
     * wider than 3 take 10 to 60 times as long on some CPUs as those of one that is not, so there the kernel is cut
     * into slices of at most 3 columns, each with the columns of the maps that it sees. Those of maps that are passed
     * over with a stride take 20 to 40 times as long in bfloat16 as in float32, so such a convolution stays in float32.
     */
    private String slim(Call call) {
        boolean full = stride > 1 && call.precision() != Precision.FLOAT32;
        String maps = full ? "torch.to(" + call.input() + ", " + Precision.FLOAT32.scalarType() + ")" : call.input();
        String weight = full ? call.parameter(0) : call.cast(0);
        String shift = bias ? (full ? call.parameter(1) : call.cast(1)) : "None";
        if (kernel <= SLIM || call.depthwise() != Depthwise.SLICED) {
            String all = convolution(maps, weight, shift, Call.square(padding));
            return full ? call.cast(all) : all;
        }
        String padded = call.local(columns(maps, padding, padding));
        String sum = "";
        for (int column = 0; column < kernel; column += SLIM) {
            int width = Math.min(SLIM, kernel - column);
            String slice = convolution(
                    columns(padded, -column, column + width - kernel),
                    "torch.narrow(" + weight + ", 3, " + column + ", " + width + ")",
                    column == 0 ? shift : "None",
                    "[" + padding + ", 0]");
            sum = column == 0 ? slice : "torch.add(" + sum + ", " + slice + ")";
        }
        return full ? call.cast(sum) : sum;
    }

    /** Zero columns before and after the maps, or so many fewer of theirs. */
    private static String columns(String maps, int before, int after) {
        return "torch.constant_pad_nd(" + maps + ", [" + before + ", " + after + "], 0)";
    }
}
