package io.github.multilabel.cli.prediction;

import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.NumPyHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Writes rows of numbers as NumPy's {@code .npy}, float32 of shape (rows, columns), which {@code numpy.load} reads. */
public final class NumpyFile {

    private NumpyFile() {}

    /** Takes one row after the other. */
    @FunctionalInterface
    public interface Rows {
        /** Writes the next. */
        void add(float[] row) throws IOException;
    }

    /** Writes as many rows as were announced. */
    @FunctionalInterface
    public interface Content {
        /** Writes all. */
        void writeTo(Rows rows) throws IOException;
    }

    /**
     * Writes a file, which is there only if all of it is.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, int rows, int columns, Content content) throws IOException {
        AtomicOutput.file(file, out -> {
            out.write(NumPyHeader.of("<f4", rows, columns));
            content.writeTo(row -> out.write(bytes(row)));
        });
    }

    private static byte[] bytes(float[] row) {
        ByteBuffer bytes = ByteBuffer.allocate(row.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(row);
        return bytes.array();
    }
}
