package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.github.multilabel.core.internal.onnx.OnnxAttribute;
import java.util.List;

/**
 * Batch normalisation of each map (Ioffe and Szegedy 2015).
 *
 * @param channels the number of maps
 * @param eps is added to the variance
 * @param momentum the fraction of a new batch in the running statistics, as PyTorch counts it: DJL's 0.9 is 0.1 here
 */
record BatchNorm2d(int channels, double eps, double momentum) implements Op {

    BatchNorm2d {
        Ranges.channels("channels", channels);
        Ranges.eps(eps);
        if (!(momentum >= 0 && momentum <= 1)) {
            throw new IllegalArgumentException("momentum " + momentum + " is outside [0, 1]");
        }
    }

    @Override
    public Shape output(List<Shape> inputs) {
        return Ranges.maps(inputs.get(0), channels);
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of(
                parameter("weight", Parameter.Type.GAMMA),
                parameter("bias", Parameter.Type.BETA),
                parameter("running_mean", Parameter.Type.RUNNING_MEAN),
                parameter("running_var", Parameter.Type.RUNNING_VAR));
    }

    private ParameterSpec parameter(String name, Parameter.Type type) {
        return new ParameterSpec(name, new Shape(channels), type, type.getInitializer());
    }

    @Override
    public String expression(Call call) {
        return "torch.batch_norm(" + call.input() + ", " + String.join(", ", call.parameters()) + ", "
                + Call.flag(call.updating()) + ", " + momentum + ", " + eps + ", False)";
    }

    @Override
    public String onnx(OnnxCall call) {
        return call.over(
                "BatchNormalization",
                List.of(call.weight(0), call.weight(1), call.weight(2), call.weight(3)),
                OnnxAttribute.of("epsilon", (float) eps));
    }
}
