package io.github.multilabel.model.network;

import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.NearMatches;
import java.util.Arrays;
import java.util.List;

/**
 * The operations as files name them, with the names of their fields in the order of the record's components. Records,
 * components and these constants may be renamed; what stands in quotes here is in models that people keep, and stays.
 */
enum OpFormat {
    ADD("add", Add.class),
    ATTENTION("attention", Attention.class, "channels", "heads"),
    BATCH_NORM_2D("batchNorm2d", BatchNorm2d.class, "channels", "eps", "momentum"),
    CHANNELS_FIRST("channelsFirst", ChannelsFirst.class),
    CHANNELS_LAST("channelsLast", ChannelsLast.class),
    CLASS_TOKEN("classToken", ClassToken.class, "channels"),
    CONV_2D("conv2d", Conv2d.class, "in", "out", "kernel", "stride", "padding", "dilation", "groups", "bias", "init"),
    FIRST_TOKEN("firstToken", FirstToken.class),
    GELU("gelu", Gelu.class),
    GLOBAL_AVERAGE_POOL("globalAveragePool", GlobalAveragePool.class),
    HARDSIGMOID("hardsigmoid", Hardsigmoid.class),
    HARDSWISH("hardswish", Hardswish.class),
    LAYER_NORM("layerNorm", LayerNorm.class, "size", "eps"),
    LAYER_SCALE("layerScale", LayerScale.class, "size", "start"),
    LINEAR("linear", Linear.class, "in", "out", "deviation"),
    MAX_POOL_2D("maxPool2d", MaxPool2d.class, "kernel", "stride", "padding"),
    MULTIPLY("multiply", Multiply.class),
    PAD_SAME("padSame", PadSame.class, "kernel", "stride"),
    POSITION_EMBEDDING("positionEmbedding", PositionEmbedding.class, "channels", "grid"),
    RELU("relu", Relu.class),
    RELU6("relu6", Relu6.class),
    SIGMOID("sigmoid", Sigmoid.class),
    SILU("silu", Silu.class),
    SQUEEZE("squeeze", Squeeze.class);

    private final String inFiles;
    private final Class<? extends Op> type;
    private final List<String> fields;

    OpFormat(String inFiles, Class<? extends Op> type, String... fields) {
        this.inFiles = inFiles;
        this.type = type;
        this.fields = List.of(fields);
    }

    static OpFormat of(Op op) {
        return Arrays.stream(values())
                .filter(format -> format.type == op.getClass())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(op.getClass() + " has no name in files"));
    }

    /** @throws IllegalArgumentException if there is no such operation; the message names similar ones */
    static OpFormat named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.inFiles.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown operation '" + Excerpt.of(name)
                        + "'; "
                        + NearMatches.thereAre(
                                name,
                                Arrays.stream(values()).map(OpFormat::inFiles).toList())));
    }

    /** The name. */
    String inFiles() {
        return inFiles;
    }

    Class<? extends Op> type() {
        return type;
    }

    /** The name of each component of the record. */
    List<String> fields() {
        return fields;
    }
}
