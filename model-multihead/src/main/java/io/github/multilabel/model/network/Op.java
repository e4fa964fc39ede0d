package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * One operation of a network. A new one is a record of its numbers (int, double, boolean or {@link ConvInit}) in a file
 * of its own, a name in this list, and its names in files in {@link OpFormat}.
 */
sealed interface Op
        permits Add,
                Attention,
                BatchNorm2d,
                ChannelsFirst,
                ChannelsLast,
                ClassToken,
                Conv2d,
                FirstToken,
                Gelu,
                GlobalAveragePool,
                Hardsigmoid,
                Hardswish,
                LayerNorm,
                LayerScale,
                Linear,
                MaxPool2d,
                Multiply,
                PadSame,
                PositionEmbedding,
                Relu,
                Relu6,
                Sigmoid,
                Silu,
                Squeeze {

    /** The number of inputs. */
    default int arity() {
        return 1;
    }

    /**
     * The shape of the result for one image: (C, H, W), (H, W, C), tokens (T, C) or (F). That of the input, unless said
     * otherwise.
     *
     * @param inputs the shapes of the inputs, without the axis of the batch
     * @throws IllegalArgumentException if the operation cannot be applied to them
     */
    default Shape output(List<Shape> inputs) {
        return inputs.get(0);
    }

    /** Its parameters, in the order of PyTorch's module, named within the layer: {@code weight}, {@code bias}. */
    default List<ParameterSpec> parameters() {
        return List.of();
    }

    /**
     * The multiplications, each with an addition, that convolutions, matrix products and attention need for one image.
     */
    default long multiplyAdds(Shape output) {
        return 0;
    }

    /** Whether nothing may overwrite its result: its gradient needs it, or it is a view of what others need. */
    default boolean keepsResult() {
        return false;
    }

    /** The expression of the program text. */
    String expression(Call call);

    /**
     * Adds the operation to a graph of ONNX, as it predicts on images of one size.
     *
     * @return the name of its result
     */
    String onnx(OnnxCall call);
}
