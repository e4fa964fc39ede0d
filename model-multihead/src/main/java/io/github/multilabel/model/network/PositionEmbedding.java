package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.NormalInitializer;
import io.github.multilabel.core.internal.onnx.OnnxAttribute;
import java.util.List;

/**
 * Maps (C, H, W) as tokens, one for each pixel, after a class token (1, C), and each with its learned position added:
 * (1 + H * W, C). Positions are learned for a grid of one size and resized to any other, bicubically with antialiasing
 * and in float32, as timm does. The one parameter (1, 1 + grid * grid, C) bears the name of the layer itself.
 *
 * @param channels C
 * @param grid height and width of the grid of positions
 */
record PositionEmbedding(int channels, int grid) implements Op {

    private static final float DEVIATION = 0.02f;
    private static final int LARGEST_GRID = 1 << 8;

    PositionEmbedding {
        Ranges.channels("channels", channels);
        Ranges.within("grid", grid, 1, LARGEST_GRID);
    }

    @Override
    public int arity() {
        return 2;
    }

    @Override
    public Shape output(List<Shape> inputs) {
        Shape maps = Ranges.maps(inputs.get(0), channels);
        if (!inputs.get(1).equals(new Shape(1, channels))) {
            throw new IllegalArgumentException("needs maps (C, H, W) and a token (1, C), got " + inputs);
        }
        return new Shape(1 + maps.get(1) * maps.get(2), channels);
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of(new ParameterSpec(
                ParameterSpec.OF_LAYER,
                new Shape(1, 1 + (long) grid * grid, channels),
                Parameter.Type.OTHER,
                new NormalInitializer(DEVIATION)));
    }

    @Override
    public String expression(Call call) {
        String maps = call.input();
        String size = "torch.size(" + maps + ", 2), torch.size(" + maps + ", 3)";
        return "torch.add(" + sequence(call.inputs().get(1), maps) + ", "
                + call.cast(positions(call.parameter(0), size)) + ")";
    }

    @Override
    public String onnx(OnnxCall call) {
        Shape maps = call.shape();
        String tokens = call.transposed(call.reshaped(call.input(), 0, channels, maps.get(1) * maps.get(2)), 0, 2, 1);
        String sequence =
                call.graph().node("Concat", List.of(call.inputs().get(1), tokens), OnnxAttribute.of("axis", 1));
        String positions = positions(call.parameters().get(0), maps.get(1) + ", " + maps.get(2));
        return call.graph().node("Add", List.of(sequence, call.weight(0, positions)));
    }

    /** The positions (1, 1 + H * W, C), resized to H and W. */
    private String positions(String parameter, String size) {
        String learned = "torch.permute(torch.reshape(torch.slice(" + parameter + ", 1, 1), [1, " + grid + ", " + grid
                + ", " + channels + "]), [0, 3, 1, 2])";
        String resized = "torch._upsample_bicubic2d_aa(" + learned + ", [" + size + "], False, None, None)";
        return sequence("torch.slice(" + parameter + ", 1, 0, 1)", resized);
    }

    private static String sequence(String token, String maps) {
        return "torch.cat([" + token + ", torch.transpose(torch.flatten(" + maps + ", 2), 1, 2)], 1)";
    }
}
