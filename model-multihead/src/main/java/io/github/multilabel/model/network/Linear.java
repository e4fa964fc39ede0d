package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import io.github.multilabel.core.internal.onnx.OnnxAttribute;
import java.util.List;

/**
 * A matrix product over the last axis, with a bias.
 *
 * @param in the length of the last axis
 * @param out its length in the result
 * @param deviation of the normal distribution from which the weight (out, in) starts; the bias starts at 0
 */
record Linear(int in, int out, double deviation) implements Op {

    Linear {
        Ranges.channels("in", in);
        Ranges.channels("out", out);
        if (!(deviation > 0 && deviation <= 1)) {
            throw new IllegalArgumentException("deviation " + deviation + " is outside (0, 1]");
        }
    }

    @Override
    public Shape output(List<Shape> inputs) {
        Shape input = Ranges.lastAxis(inputs.get(0), in);
        return input.slice(0, input.dimension() - 1).add(out);
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of(
                new ParameterSpec(
                        "weight", new Shape(out, in), Parameter.Type.WEIGHT, new NormalInitializer((float) deviation)),
                new ParameterSpec("bias", new Shape(out), Parameter.Type.BIAS, Initializer.ZEROS));
    }

    @Override
    public long multiplyAdds(Shape output) {
        return output.size() * in;
    }

    @Override
    public String expression(Call call) {
        return "torch.linear(" + call.cast(call.input()) + ", " + call.cast(0) + ", " + call.cast(1) + ")";
    }

    @Override
    public String onnx(OnnxCall call) {
        if (call.shape().dimension() == 1) {
            return call.over("Gemm", List.of(call.weight(0), call.weight(1)), OnnxAttribute.of("transB", 1));
        }
        String product = call.over(
                "MatMul", List.of(call.weight(0, "torch.t(" + call.parameters().get(0) + ")")));
        return call.graph().node("Add", List.of(product, call.weight(1)));
    }
}
