package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.initializer.UniformInitializer;
import java.util.List;

/**
 * A convolution with a square kernel. Its weight (out, in / groups, kernel, kernel) starts as torchvision's ResNets do:
 * normal with variance 2 / (out * kernel * kernel) (He et al. 2015, fan out); its bias as PyTorch's Conv2d does.
 */
record Conv2d(int in, int out, int kernel, int stride, int padding, int dilation, int groups, boolean bias)
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
        return new Conv2d(in, out, kernel, stride, padding, dilation, groups, true);
    }

    @Override
    public Shape output(List<Shape> inputs) {
        return new Window(kernel, stride, padding, dilation).over(Ranges.maps(inputs.get(0), in), out);
    }

    private long fanIn() {
        return (long) in / groups * kernel * kernel;
    }

    @Override
    public List<ParameterSpec> parameters() {
        float deviation = (float) Math.sqrt(2.0 / ((double) out * kernel * kernel));
        ParameterSpec weight = new ParameterSpec(
                "weight",
                new Shape(out, in / groups, kernel, kernel),
                Parameter.Type.WEIGHT,
                new NormalInitializer(deviation));
        if (!bias) {
            return List.of(weight);
        }
        float bound = (float) (1 / Math.sqrt(fanIn()));
        return List.of(
                weight, new ParameterSpec("bias", new Shape(out), Parameter.Type.BIAS, new UniformInitializer(bound)));
    }

    @Override
    public long multiplyAdds(Shape output) {
        return output.size() * fanIn();
    }

    @Override
    public String expression(Call call) {
        return "torch.conv2d(" + call.input() + ", " + call.cast(0) + ", " + (bias ? call.cast(1) : "None") + ", "
                + Call.square(stride) + ", " + Call.square(padding) + ", " + Call.square(dilation) + ", " + groups
                + ")";
    }
}
