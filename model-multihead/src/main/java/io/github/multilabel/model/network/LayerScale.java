package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.ConstantInitializer;
import java.util.List;

/**
 * A learned factor for each position of the last axis (Touvron et al. 2021). Its one parameter bears the name of the
 * layer itself.
 *
 * @param size the length of the last axis
 * @param start the factor before training
 */
record LayerScale(int size, double start) implements Op {

    LayerScale {
        Ranges.channels("size", size);
        if (!(start >= 0 && start <= 1)) {
            throw new IllegalArgumentException("start " + start + " is outside [0, 1]");
        }
    }

    @Override
    public Shape output(List<Shape> inputs) {
        return Ranges.lastAxis(inputs.get(0), size);
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of(new ParameterSpec(
                ParameterSpec.OF_LAYER, new Shape(size), Parameter.Type.GAMMA, new ConstantInitializer((float) start)));
    }

    @Override
    public String expression(Call call) {
        return "torch.mul(" + call.input() + ", " + call.cast(0) + ")";
    }

    @Override
    public String onnx(OnnxCall call) {
        return call.over("Mul", List.of(call.weight(0)));
    }
}
