package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Optional;

/**
 * A convolution for prediction with what is computed in the same pass.
 *
 * @param conv what it computes
 * @param same whether it is padded as {@link PadSame} says
 * @param other the layer that is added to its result
 * @param activation what follows, one of {@link #takes}
 * @param fused whether oneDNN's operators are called by their names; without them there is neither sum nor activation
 */
record FusedConv2d(Conv2d conv, boolean same, Optional<String> other, Optional<Op> activation, boolean fused) {

    /** As oneDNN calls them, with their numbers. */
    private static final Map<Op, String> ACTIVATIONS = Map.of(
            new Relu(), activation("relu", ""),
            new Relu6(), activation("hardtanh", "0., 6."),
            new Hardswish(), activation("hardswish", ""),
            new Hardsigmoid(), activation("hardsigmoid", ""),
            new Silu(), activation("swish", ""),
            new Sigmoid(), activation("sigmoid", ""));

    private static String activation(String name, String numbers) {
        return "\"" + name + "\", annotate(List[Optional[number]], [" + numbers + "]), None";
    }

    static FusedConv2d plain(Conv2d conv) {
        return new FusedConv2d(conv, true, Optional.empty(), Optional.empty(), false);
    }

    static FusedConv2d fused(Conv2d conv, boolean same, Optional<String> other, Optional<Op> activation) {
        return new FusedConv2d(conv, same, other, activation, true);
    }

    /** Whether it can follow in the same pass. */
    static boolean takes(Op op) {
        return ACTIVATIONS.containsKey(op);
    }

    /** Whether a convolution can pad its maps with these zeros itself. */
    static boolean takes(Conv2d conv, PadSame zeros) {
        return zeros.kernel() == conv.kernel()
                && zeros.stride() == conv.stride()
                && conv.kernel() % 2 == 1
                && conv.stride() <= 2
                && conv.padding() == 0
                && conv.dilation() == 1;
    }

    /**
     * With stride 2, maps of an even side have one zero more behind them than before. A kernel with a zero row and
     * column in front sees the same with as many on both sides, and the maps need not be moved to make room.
     */
    private boolean isWide() {
        return same && conv.stride() == 2;
    }

    /** The weight that belongs to it, from that of the convolution alone. */
    String weight(String weight) {
        return isWide()
                ? "torch.contiguous(torch.constant_pad_nd(" + weight + ", [1, 0, 1, 0], 0), memory_format=2)"
                : weight;
    }

    /**
     * The weight in the order in which oneDNN reads it for maps of a shape.
     *
     * @param weight as {@link #weight} gives it
     * @param images the number of them
     */
    String packed(String weight, long images, Shape maps) {
        String padding =
                isWide() ? "[" + padding(maps.get(1)) + ", " + padding(maps.get(2)) + "]" : Call.square(padding());
        return "ops.mkldnn._reorder_convolution_weight(" + weight + ", " + padding + ", " + window() + ", [" + images
                + ", " + maps.get(0) + ", " + maps.get(1) + ", " + maps.get(2) + "])";
    }

    private int padding() {
        return same ? conv.kernel() / 2 : conv.padding();
    }

    private long padding(long side) {
        return padding() + side % 2;
    }

    private String window() {
        return Call.square(conv.stride()) + ", " + Call.square(conv.dilation()) + ", " + conv.groups();
    }

    /**
     * The expression of the program text.
     *
     * @param other the name of what is added, if something is
     */
    String expression(Call call, Optional<String> other) {
        String padding = isWide() ? "[" + padding(call, 2) + ", " + padding(call, 3) + "]" : Call.square(padding());
        String bias = conv.bias() ? call.cast(1) : "None";
        if (!fused) {
            return "torch.conv2d(" + call.input() + ", " + call.cast(0) + ", " + bias + ", "
                    + Call.square(conv.stride()) + ", " + padding + ", " + Call.square(conv.dilation()) + ", "
                    + conv.groups() + ")";
        }
        String arguments = call.input() + ", " + call.parameter(0) + ", " + bias + ", " + padding + ", " + window();
        return other.map(sum -> "ops.mkldnn._convolution_pointwise_(" + sum + ", " + arguments + ", \"add\", 1, "
                        + after("None") + ")")
                .orElseGet(() -> "ops.mkldnn._convolution_pointwise(" + arguments + ", " + after("\"none\"") + ")");
    }

    /** @param nothing how the operator wants to be told that nothing follows */
    private String after(String nothing) {
        return activation.map(ACTIVATIONS::get).orElse(nothing + ", annotate(List[Optional[number]], []), None");
    }

    private String padding(Call call, int axis) {
        return "torch.add(" + padding() + ", torch.remainder(torch.size(" + call.input() + ", " + axis + "), 2))";
    }
}
