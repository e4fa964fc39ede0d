package io.github.multilabel.onnx;

import io.github.multilabel.core.internal.files.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The end of an exported file: the SHA-256 of all bytes before it, as one more property of the metadata, which every
 * reader of ONNX passes over. Native parsers trust their input; a damaged file is found here before one sees it.
 */
final class Seal {

    private static final String PROPERTY = "multilabel.sha256";
    private static final int DIGITS = 64;
    /** The property up to its value: field 14 of the model (a message) with its fields 1 and 2 (texts). */
    private static final byte[] START = start();

    private static final int LENGTH = START.length + DIGITS;

    private Seal() {}

    private static byte[] start() {
        byte[] key = PROPERTY.getBytes(StandardCharsets.US_ASCII);
        byte[] start = new byte[key.length + 6];
        start[0] = 14 << 3 | 2;
        start[1] = (byte) (key.length + 4 + DIGITS);
        start[2] = 1 << 3 | 2;
        start[3] = (byte) key.length;
        System.arraycopy(key, 0, start, 4, key.length);
        start[key.length + 4] = 2 << 3 | 2;
        start[key.length + 5] = DIGITS;
        return start;
    }

    /** Writes all that comes before the seal. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes a content and its seal. */
    static void write(OutputStream out, Content content) throws IOException {
        Digest digest = new Digest(Digest.SHA_256);
        content.writeTo(digest.passing(out));
        out.write(START);
        out.write(digest.hex().getBytes(StandardCharsets.US_ASCII));
    }

    /** @throws IOException if the file cannot be read, has no seal, or is not as it was sealed */
    static void require(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException("'" + file + "' is not a file; pass one that multilabel export wrote");
        }
        long content = Files.size(file) - LENGTH;
        Digest digest = new Digest(Digest.SHA_256);
        byte[] end = new byte[0];
        if (content > 0) {
            try (InputStream in = Files.newInputStream(file)) {
                digest.add(in, content);
                end = in.readNBytes(LENGTH);
            }
        }
        if (end.length < LENGTH || !Arrays.equals(end, 0, START.length, START, 0, START.length)) {
            throw new IOException("'" + file + "' does not end as files of multilabel export do: it was written by"
                    + " something else, changed by another tool, or its end is missing; export the model again");
        }
        if (!digest.hex().equals(new String(end, START.length, DIGITS, StandardCharsets.US_ASCII))) {
            throw new IOException("'" + file + "' is damaged: it is not what multilabel export wrote; copy it again,"
                    + " or export the model again");
        }
    }
}
