package io.github.multilabel.model.weights;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle: nothing is allocated for a length before so many bytes are known to follow. */
final class PickleInput {

    private final InputStream in;
    private final long limit;
    private long position;

    /**
     * @param in starts at byte 0 of what is read; the caller closes it
     * @param limit how many bytes it has
     */
    PickleInput(InputStream in, long limit) {
        this.in = new BufferedInputStream(in);
        this.limit = limit;
    }

    /** The number of bytes read so far. */
    long position() {
        return position;
    }

    int unsignedByte() throws IOException {
        int value = in.read();
        if (value < 0 || position == limit) {
            throw endsEarly();
        }
        position++;
        return value;
    }

    byte[] bytes(long length) throws IOException {
        if (length < 0 || length > limit - position || length > Integer.MAX_VALUE) {
            throw new EOFException("a text or number in it should have " + Long.toUnsignedString(length)
                    + " bytes, but only " + (limit - position) + " follow");
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw endsEarly();
        }
        position += length;
        return bytes;
    }

    /** Numbers of a fixed size, little-endian. */
    ByteBuffer number(int bytes) throws IOException {
        return ByteBuffer.wrap(bytes(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    String text(long length) throws IOException {
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    /** A text up to the end of its line. */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = unsignedByte(); next != '\n'; next = unsignedByte()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static EOFException endsEarly() {
        return new EOFException("it ends in the middle of its pickle: it was cut short");
    }
}
