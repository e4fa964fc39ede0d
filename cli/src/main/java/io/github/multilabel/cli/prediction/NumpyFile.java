package io.github.multilabel.cli.prediction;

import io.github.multilabel.core.internal.files.AtomicOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes rows of numbers as NumPy's {@code .npy}, float32 of shape (rows, columns), which {@code numpy.load} reads; see
 * numpy.lib.format, version 1.0.
 */
public final class NumpyFile {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int ALIGNMENT = 64;

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
            out.write(header(rows, columns));
            content.writeTo(row -> out.write(bytes(row)));
        });
    }

    private static byte[] header(int rows, int columns) {
        String text = String.format(
                Locale.ROOT, "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }", rows, columns);
        int unpadded = MAGIC.length + Short.BYTES + text.length() + 1;
        int padding = (ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT;
        byte[] line = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(MAGIC.length + Short.BYTES + line.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putShort((short) line.length)
                .put(line)
                .array();
    }

    private static byte[] bytes(float[] row) {
        ByteBuffer bytes = ByteBuffer.allocate(row.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(row);
        return bytes.array();
    }
}
