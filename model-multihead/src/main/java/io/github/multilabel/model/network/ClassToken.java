package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.NormalInitializer;
import io.github.multilabel.core.internal.onnx.OnnxAttribute;
import java.util.List;

/**
 * One learned token (1, C), the same for every image, which gathers what the others know (Dosovitskiy et al. 2020). Its
 * one parameter (1, 1, C) bears the name of the layer itself. It reads maps (C, H, W) only to know how many images
 * there are.
 */
record ClassToken(int channels) implements Op {

    private static final float DEVIATION = 1e-6f;

    ClassToken {
        Ranges.channels("channels", channels);
    }

    @Override
    public Shape output(List<Shape> inputs) {
        Ranges.maps(inputs.get(0), channels);
        return new Shape(1, channels);
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of(new ParameterSpec(
                ParameterSpec.OF_LAYER,
                new Shape(1, 1, channels),
                Parameter.Type.OTHER,
                new NormalInitializer(DEVIATION)));
    }

    /** It is a view of the parameter. */
    @Override
    public boolean keepsResult() {
        return true;
    }

    @Override
    public String expression(Call call) {
        return "torch.expand(" + call.cast(0) + ", [torch.size(" + call.input() + ", 0), -1, -1])";
    }

    @Override
    public String onnx(OnnxCall call) {
        String images = call.over("Shape", OnnxAttribute.of("start", 0), OnnxAttribute.of("end", 1));
        String shape = call.graph()
                .node("Concat", List.of(images, call.graph().longs(1, channels)), OnnxAttribute.of("axis", 0));
        return call.graph().node("Expand", List.of(call.weight(0), shape));
    }
}
