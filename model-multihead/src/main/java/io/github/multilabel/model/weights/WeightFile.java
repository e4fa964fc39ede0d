package io.github.multilabel.model.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.NearMatches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A file of named arrays, whatever its format. {@link WeightFiles#open} tells the formats apart.
 *
 * <p>An open file has been checked and none of its values have been read. Use one instance from one thread, and close
 * it.
 */
public interface WeightFile extends AutoCloseable {

    /** The file. */
    Path path();

    /** The tensors by name, in the order of the file. */
    Map<String, TensorInfo> tensors();

    /**
     * The description of one tensor.
     *
     * @throws IllegalArgumentException if there is no such tensor; the message names those that are near
     */
    default TensorInfo tensor(String name) {
        TensorInfo tensor = tensors().get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor '" + Excerpt.of(name) + "' in '" + path() + "'; there are "
                    + NearMatches.describe(name, tensors().keySet()));
        }
        return tensor;
    }

    /**
     * Reads one tensor into memory of its own, dense and row by row, however it lies in the file.
     *
     * @param manager will own the array, on its device
     * @param name one of {@link #tensors()}
     * @return an array of the tensor's shape and {@link TensorType#arrayType()}, named {@code name}
     * @throws IllegalArgumentException if there is no such tensor
     * @throws IOException if it cannot be read, or has 2 GiB or more
     */
    NDArray read(NDManager manager, String name) throws IOException;

    /** Closes the file; arrays that were read stay valid. */
    @Override
    void close() throws IOException;
}
