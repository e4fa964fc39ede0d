package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.github.multilabel.core.internal.onnx.OnnxAttribute;
import java.util.List;

/**
 * Normalisation over the last axis (Ba et al. 2016), computed in float32 in every precision.
 *
 * @param size the length of the last axis
 * @param eps is added to the variance
 */
record LayerNorm(int size, double eps) implements Op {

    LayerNorm {
        Ranges.channels("size", size);
        Ranges.eps(eps);
    }

    @Override
    public Shape output(List<Shape> inputs) {
        return Ranges.lastAxis(inputs.get(0), size);
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of(parameter("weight", Parameter.Type.GAMMA), parameter("bias", Parameter.Type.BETA));
    }

    private ParameterSpec parameter(String name, Parameter.Type type) {
        return new ParameterSpec(name, new Shape(size), type, type.getInitializer());
    }

    @Override
    public String expression(Call call) {
        return "torch.type_as(torch.layer_norm(torch.to(" + call.input() + ", 6), [" + size + "], "
                + String.join(", ", call.parameters()) + ", " + eps + "), " + call.input() + ")";
    }

    @Override
    public String onnx(OnnxCall call) {
        return call.over(
                "LayerNormalization",
                List.of(call.weight(0), call.weight(1)),
                OnnxAttribute.of("axis", -1),
                OnnxAttribute.of("epsilon", (float) eps));
    }
}
