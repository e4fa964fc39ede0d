package io.github.multilabel.core.internal.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A message of protobuf, as far as ONNX needs them.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Encoding</a>
 */
final class Message {

    private static final int VARINT = 0;
    private static final int DELIMITED = 2;
    private static final int FIXED_32 = 5;
    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Message add(int field, long value) {
        tag(field, VARINT);
        varint(value);
        return this;
    }

    Message add(int field, float value) {
        tag(field, FIXED_32);
        return append(ByteBuffer.allocate(Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(0, value)
                .array());
    }

    Message add(int field, String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        return begin(field, text.length).append(text);
    }

    Message add(int field, Message value) {
        return begin(field, value.length()).append(value.bytes.toByteArray());
    }

    /** The beginning of a field whose content is written after this message. */
    Message begin(int field, long length) {
        tag(field, DELIMITED);
        varint(length);
        return this;
    }

    int length() {
        return bytes.size();
    }

    void writeTo(OutputStream out) throws IOException {
        bytes.writeTo(out);
    }

    private void tag(int field, int type) {
        varint((long) field << 3 | type);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & -MORE) != 0) {
            bytes.write((int) ((rest & (MORE - 1)) | MORE));
            rest >>>= BITS;
        }
        bytes.write((int) rest);
    }

    private Message append(byte[] content) {
        bytes.writeBytes(content);
        return this;
    }
}
