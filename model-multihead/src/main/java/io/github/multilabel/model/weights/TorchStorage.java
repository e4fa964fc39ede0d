package io.github.multilabel.model.weights;

import io.github.multilabel.core.internal.message.Excerpt;
import java.io.IOException;

/**
 * A run of values of one type in a file, on which one or several tensors lie.
 *
 * @param key its name in the file
 * @param type the format of its values
 * @param first where it starts, in values, within what is stored under the key
 * @param count the number of its values
 */
record TorchStorage(String key, TensorType type, long first, long count) {

    TorchStorage view(long start, long length) throws IOException {
        if (start > count || length > count - start) {
            throw new IOException("storage '" + Excerpt.of(key) + "' has " + count + " values, and a view of it "
                    + length + " from value " + start + " on");
        }
        return new TorchStorage(key, type, first + start, length);
    }
}
