package io.github.multilabel.model.weights;

import ai.djl.ndarray.types.Shape;

/**
 * What a file says of one tensor.
 *
 * @param name unique in the file
 * @param type the format of its values in the file
 * @param shape each size 0 or more; empty for a single number
 * @param begin its first byte, counted from the end of the header, or, in PyTorch's own formats, from the start of its
 *     storage
 * @param end one past its last byte; there may be others' values in between in PyTorch's own formats
 */
public record TensorInfo(String name, TensorType type, Shape shape, long begin, long end) {

    /** The number of bytes in the file. */
    public long bytes() {
        return end - begin;
    }
}
