package io.github.multilabel.model.weights;

import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.internal.message.Excerpt;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * How a tensor lies on its storage: value (i, j, ...) is number {@code offset + i * strides[0] + j * strides[1] + ...}
 * of it.
 */
final class TorchTensor {

    static final int MOST_DIMENSIONS = 64;

    private final TorchStorage storage;
    private final long offset;
    private final long[] sizes;
    private final long[] strides;
    private final long count;
    /** The number of values of the storage from the first used to the last; 0 if there are none. */
    private final long span;

    /**
     * @param offset the first value, 0 or more
     * @param sizes each 0 or more
     * @param strides as many, each 0 or more
     * @throws IOException if a value would lie outside the storage
     */
    TorchTensor(TorchStorage storage, long offset, long[] sizes, long[] strides) throws IOException {
        if (sizes.length != strides.length) {
            throw new IOException(
                    "its pickle has a tensor with " + sizes.length + " sizes and " + strides.length + " strides");
        }
        this.storage = storage;
        this.offset = offset;
        this.sizes = sizes;
        this.strides = strides;
        try {
            long values = 1;
            long last = 0;
            boolean empty = false;
            for (int i = 0; i < sizes.length; i++) {
                empty |= sizes[i] == 0;
                values = Math.multiplyExact(values, Math.max(sizes[i], 1));
                last = Math.addExact(last, Math.multiplyExact(Math.max(sizes[i] - 1, 0), strides[i]));
            }
            this.count = empty ? 0 : values;
            this.span = empty ? 0 : last + 1;
            if (Math.addExact(offset, span) > storage.count()) {
                throw new IOException("its pickle has a tensor of shape " + new Shape(sizes) + " that ends at value "
                        + (offset + span) + " of storage '" + Excerpt.of(storage.key()) + "', which has "
                        + storage.count());
            }
        } catch (ArithmeticException e) {
            throw new IOException("its pickle has a tensor of shape " + new Shape(sizes) + ", more than any file", e);
        }
    }

    TorchStorage storage() {
        return storage;
    }

    TensorInfo info(String name) {
        long begin = (storage.first() + offset) * storage.type().bytes();
        return new TensorInfo(
                name,
                storage.type(),
                new Shape(sizes),
                begin,
                begin + span * storage.type().bytes());
    }

    /** Whether a value appears at several places, so that the array would be larger than the file. */
    boolean repeats() {
        return count > span;
    }

    /** Whether the values lie in the storage as they do in an array, row by row without gaps. */
    boolean isDense() {
        long dense = 1;
        for (int i = sizes.length - 1; i >= 0; i--) {
            if (sizes[i] != 1 && strides[i] != dense) {
                return count == 0;
            }
            dense *= sizes[i];
        }
        return true;
    }

    /**
     * Copies the values row by row, each from its place.
     *
     * @param from the {@link #info} range of the storage, in its byte order
     * @param to takes the values in its own byte order
     */
    void gather(ByteBuffer from, ByteBuffer to) {
        int bytes = storage.type().bytes();
        long[] index = new long[sizes.length];
        long place = 0;
        for (long n = 0; n < count; n++) {
            int at = (int) (place * bytes);
            switch (bytes) {
                case Byte.BYTES -> to.put(from.get(at));
                case Short.BYTES -> to.putShort(from.getShort(at));
                case Integer.BYTES -> to.putInt(from.getInt(at));
                default -> to.putLong(from.getLong(at));
            }
            for (int i = sizes.length - 1; i >= 0; i--) {
                place += strides[i];
                if (++index[i] < sizes[i]) {
                    break;
                }
                place -= strides[i] * sizes[i];
                index[i] = 0;
            }
        }
    }
}
