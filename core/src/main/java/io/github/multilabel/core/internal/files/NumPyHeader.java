package io.github.multilabel.core.internal.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The beginning of an array in NumPy's format {@code .npy}, which its values follow; see numpy.lib.format, version 1.0.
 */
public final class NumPyHeader {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

    /** Where values start is a multiple of this. */
    private static final int ALIGNMENT = 64;

    private NumPyHeader() {}

    /**
     * The bytes before the values.
     *
     * @param type as NumPy names it, such as {@code <f4}
     * @param shape at least one size
     */
    public static byte[] of(String type, long... shape) {
        String sizes = LongStream.of(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
        String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + sizes
                + (shape.length == 1 ? ",), }" : "), }");
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
}
