package io.github.multilabel.training.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * One event file of TensorBoard: TFRecord frames (length, masked CRC-32C of the length, data, masked CRC-32C of the
 * data) around {@code Event} messages in protocol buffers' wire format, of which a few fields are needed; see
 * TensorFlow's {@code record_writer.cc} and {@code event.proto}. Every event is appended at once.
 */
final class TensorBoardFile {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private static final int CRC_MASK_DELTA = 0xa282ead8;

    private final GrowingFile file;

    /** Creates a file with the version that every event file begins with. */
    TensorBoardFile(Path path, double seconds) throws IOException {
        Files.createFile(path);
        file = new GrowingFile(path, 0);
        append(event(seconds, 0).bytes(3, "brain.Event:2".getBytes(StandardCharsets.UTF_8)));
    }

    /** Marks what earlier files have of this step and of later ones as void. */
    void start(double seconds, long step) {
        append(event(seconds, step).bytes(7, new Message().varint(1, 1).toBytes()));
    }

    /** Adds values by tag. */
    void scalars(double seconds, long step, Map<String, Double> values) {
        Message summary = new Message();
        values.forEach((tag, value) -> summary.bytes(
                1,
                new Message()
                        .bytes(1, tag.getBytes(StandardCharsets.UTF_8))
                        .fixed32(2, value.floatValue())
                        .toBytes()));
        append(event(seconds, step).bytes(5, summary.toBytes()));
    }

    /** Tries again to write what could not be written before. */
    void flush() {
        file.flush();
    }

    private static Message event(double seconds, long step) {
        Message event = new Message().fixed64(1, seconds);
        return step == 0 ? event : event.varint(2, step); // 0 is what a missing field means
    }

    private void append(Message event) {
        byte[] data = event.toBytes();
        byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0, data.length)
                .array();
        ByteBuffer record = ByteBuffer.allocate(length.length + data.length + 2 * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(length)
                .putInt(maskedCrc(length))
                .put(data)
                .putInt(maskedCrc(data));
        file.append(record.array());
    }

    private static int maskedCrc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK_DELTA;
    }

    /** Builds a message of protocol buffers. */
    private static final class Message {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message varint(int field, long value) {
            tag(field, VARINT);
            varint(value);
            return this;
        }

        Message fixed64(int field, double value) {
            tag(field, FIXED64);
            out.writeBytes(ByteBuffer.allocate(Double.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putDouble(0, value)
                    .array());
            return this;
        }

        Message fixed32(int field, float value) {
            tag(field, FIXED32);
            out.writeBytes(ByteBuffer.allocate(Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(0, value)
                    .array());
            return this;
        }

        Message bytes(int field, byte[] value) {
            tag(field, BYTES);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        byte[] toBytes() {
            return out.toByteArray();
        }

        private void tag(int field, int type) {
            varint((long) field << 3 | type);
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                out.write((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }
}
