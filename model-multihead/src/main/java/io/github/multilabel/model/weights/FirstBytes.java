package io.github.multilabel.model.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** Recognises the format of a file by its first bytes. */
final class FirstBytes {

    private static final int LENGTH = 512;
    private static final int SHOWN = 16;

    private static final String ZIP = "PK\u0003\u0004";
    /** An empty zip archive. */
    private static final String EMPTY_ZIP = "PK\u0005\u0006";

    private static final char PICKLE = '\u0080';
    /** Behind the eight bytes with the length of the header. */
    private static final int SAFETENSORS_BRACE = 8;

    private static final int TAR_MAGIC = 257;

    private record Kind(String start, String name) {}

    private static final List<Kind> OTHERS = List.of(
            new Kind("<", "a page of HTML or XML: the download probably failed, open it in a browser"),
            new Kind("version https://git-lfs", "a pointer of Git LFS: fetch the file itself with 'git lfs pull'"),
            new Kind("\u001f\u008b", "a gzip archive: unpack it first"),
            new Kind("BZh", "a bzip2 archive: unpack it first"),
            new Kind("\u00fd7zXZ", "an xz archive: unpack it first"),
            new Kind("(\u00b5/\u00fd", "a zstandard archive: unpack it first"),
            new Kind("7z\u00bc\u00af", "a 7z archive: unpack it first"),
            new Kind("\u0089HDF", "HDF5, the format of Keras: its weights must be converted"),
            new Kind("GGUF", "GGUF, the format of llama.cpp: its weights must be converted"),
            new Kind("\u0093NUMPY", "an array of NumPy: its weights must be converted"),
            new Kind("\b", "a protocol buffer, as ONNX and TensorFlow write them: its weights must be converted"),
            new Kind("{", "JSON text: the weights are in another file"));

    /** One character per byte. */
    private final String start;

    private FirstBytes(String start) {
        this.start = start;
    }

    static FirstBytes of(Path path) throws IOException {
        try (FileChannel channel = FileBytes.open(path)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(LENGTH, channel.size()));
            FileBytes.readFully(channel, bytes, 0);
            return new FirstBytes(new String(bytes.array(), StandardCharsets.ISO_8859_1));
        }
    }

    boolean isZip() {
        return start.startsWith(ZIP) || start.startsWith(EMPTY_ZIP);
    }

    boolean isPickle() {
        return !start.isEmpty() && start.charAt(0) == PICKLE;
    }

    boolean isSafetensors() {
        return start.length() > SAFETENSORS_BRACE && start.charAt(SAFETENSORS_BRACE) == '{';
    }

    /** For a message: what it seems to be, or the bytes themselves. */
    String describe() {
        if (start.isEmpty()) {
            return "is empty";
        }
        if (start.startsWith("ustar", TAR_MAGIC)) {
            return "is a tar archive: unpack it first, or, if PyTorch 0.1 wrote it, save it anew in Python";
        }
        String text = start.replaceFirst("^[ \t\r\n]+", "");
        for (Kind kind : OTHERS) {
            if (text.startsWith(kind.start())) {
                return "looks like " + kind.name();
            }
        }
        String shown = start.substring(0, Math.min(SHOWN, start.length()));
        return "begins with the bytes "
                + HexFormat.ofDelimiter(" ").formatHex(shown.getBytes(StandardCharsets.ISO_8859_1))
                + " (" + shown.replaceAll("[^ -~]", ".") + ")";
    }
}
