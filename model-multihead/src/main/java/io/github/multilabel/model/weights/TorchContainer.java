package io.github.multilabel.model.weights;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Where the formats of {@code torch.save} keep their pickle and their storages. */
interface TorchContainer extends Closeable {

    /** The object that was saved, see {@link Unpickler}. */
    Object content();

    /** The byte order of the storages. */
    ByteOrder byteOrder();

    /**
     * The number of bytes of a storage.
     *
     * @throws IOException if there is no such storage, or it cannot be read
     */
    long bytes(String key) throws IOException;

    /**
     * Reads a part of a storage.
     *
     * @param begin the first byte
     * @param target is filled to its limit
     */
    void read(String key, long begin, ByteBuffer target) throws IOException;
}
