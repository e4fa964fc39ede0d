package io.github.multilabel.onnx;

import ai.djl.MalformedModelException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Reads what an exported file says of itself, without any native library. */
final class ExportedFile {

    /** The fields of ONNX's messages that are read; a model's metadata has entries with a key and a value. */
    private static final int METADATA = 14;

    private static final int KEY = 1;
    private static final int VALUE = 2;

    /** The kinds of fields of protobuf that are met. */
    private static final int VARINT = 0;

    private static final int BYTES = 2;
    private static final int KINDS = 3;

    private ExportedFile() {}

    /**
     * Reads the description of a file.
     *
     * @throws IOException if it cannot be read, is damaged, or was not exported by this library
     */
    static OnnxDescription read(Path file) throws IOException {
        Seal.require(file);
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            return OnnxDescription.parse(description(in));
        } catch (EOFException e) {
            throw new IOException("'" + file + "' has no description in its metadata; export the model again", e);
        } catch (MalformedModelException e) {
            throw new IOException("'" + file + "': " + e.getMessage(), e);
        }
    }

    /** The value of our property. Other fields are passed over. */
    private static String description(DataInputStream in) throws IOException {
        while (true) {
            long tag = varint(in);
            if ((tag & (1 << KINDS) - 1) == VARINT) {
                varint(in);
            } else if (tag == (METADATA << KINDS | BYTES)) {
                Map<Long, String> entry = entry(in.readNBytes((int) varint(in)));
                if (OnnxDescription.PROPERTY.equals(entry.get((long) KEY << KINDS | BYTES))) {
                    return entry.getOrDefault((long) VALUE << KINDS | BYTES, "");
                }
            } else {
                in.skipNBytes(varint(in));
            }
        }
    }

    /** The texts of an entry by their tags. */
    private static Map<Long, String> entry(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        Map<Long, String> texts = new HashMap<>();
        while (in.available() > 0) {
            long tag = varint(in);
            texts.put(tag, new String(in.readNBytes((int) varint(in)), StandardCharsets.UTF_8));
        }
        return texts;
    }

    private static long varint(DataInputStream in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = in.readUnsignedByte();
            value |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new EOFException("a number without an end");
    }
}
