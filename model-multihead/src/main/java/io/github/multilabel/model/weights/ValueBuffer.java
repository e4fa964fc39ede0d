package io.github.multilabel.model.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Turns the values of one tensor after the other into arrays, with no more memory than the largest takes. */
final class ValueBuffer {

    /** Where values come from. */
    @FunctionalInterface
    interface Source {
        /**
         * @param values is filled from its position to its limit with dense, little-endian values of the file's type
         */
        void read(ByteBuffer values) throws IOException;
    }

    private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

    /**
     * An array of a tensor's shape and name, with memory of its own.
     *
     * @throws IOException if the source does, or the array would have 2 GiB or more
     */
    NDArray array(NDManager manager, TensorInfo tensor, Source source) throws IOException {
        TensorType type = tensor.type();
        long wide = tensor.shape().size() * type.arrayType().getNumOfBytes();
        if (wide > Integer.MAX_VALUE) {
            throw new IOException("as an array it has " + wide + " bytes; less than 2 GiB can be read");
        }
        if (buffer.capacity() < wide) {
            buffer = ByteBuffer.allocateDirect((int) wide);
        }
        ByteBuffer values = buffer.slice(0, (int) wide).order(ByteOrder.LITTLE_ENDIAN);
        // narrow values go to the end, to be widened from the start
        int start = (int) (wide - tensor.shape().size() * type.bytes());
        source.read(values.position(start));
        if (type.isWidened()) {
            widen(values, start, type);
        }
        try (NDArray view = manager.create(values.rewind(), tensor.shape(), type.arrayType())) {
            NDArray array = view.duplicate(); // the view lies on the buffer, which the next tensor overwrites
            array.setName(tensor.name());
            return array;
        }
    }

    /** Each value is read before the growing part reaches it. */
    private static void widen(ByteBuffer values, int start, TensorType type) {
        for (int from = start, to = 0; from < values.capacity(); from += Short.BYTES, to += Integer.BYTES) {
            short value = values.getShort(from);
            values.putInt(to, type == TensorType.BF16 ? value << Short.SIZE : value);
        }
    }
}
