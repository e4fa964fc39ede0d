package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * One operation of a network. A new one is a record of its numbers (int, double or boolean) in a file of its own and a
 * name in this list; its JSON follows from the record.
 */
sealed interface Op permits Add, BatchNorm2d, Conv2d, GlobalAveragePool, MaxPool2d, Relu {

    /** The number of inputs. */
    default int arity() {
        return 1;
    }

    /**
     * The shape of the result for one image: (C, H, W) or (F).
     *
     * @param inputs the shapes of the inputs, without the axis of the batch
     * @throws IllegalArgumentException if the operation cannot be applied to them
     */
    Shape output(List<Shape> inputs);

    /** Its parameters, in the order of PyTorch's module, named within the layer: {@code weight}, {@code bias}. */
    default List<ParameterSpec> parameters() {
        return List.of();
    }

    /** The multiplications, each with an addition, that convolutions and matrix products need for one image. */
    default long multiplyAdds(Shape output) {
        return 0;
    }

    /** Whether its gradient is computed from its result, which nothing may then overwrite. */
    default boolean keepsResult() {
        return false;
    }

    /** The expression of the program text. */
    String expression(Call call);
}
