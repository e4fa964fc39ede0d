package io.github.multilabel.model.weights;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/**
 * A tensor that is to be written.
 *
 * @param name unique in the file, and not {@code __metadata__}
 * @param type the format of its values
 * @param shape each size 0 or more; empty for a single number
 * @param values writes them, little-endian
 */
public record TensorContent(String name, TensorType type, Shape shape, Values values) {

    /** Writes the values of a tensor. */
    @FunctionalInterface
    public interface Values {
        /** Writes all of them. */
        void writeTo(WritableByteChannel out) throws IOException;
    }

    /** @throws IllegalArgumentException if the format reserves the name */
    public TensorContent {
        if (name.equals(SafetensorsHeader.METADATA)) {
            throw new IllegalArgumentException("a tensor cannot be named " + name + ", the format reserves it");
        }
    }
}
