package io.github.multilabel.core.internal.download;

import io.github.multilabel.core.internal.files.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A file to download, and the checksum to verify it.
 *
 * @param name of the file, here and there
 * @param size in bytes; 0 if not known
 * @param algorithm of the checksum, such as {@code "SHA-256"}; empty if none is known
 * @param checksum in hexadecimal, lower case; may be only its beginning, where no more was published
 */
public record RemoteFile(String name, long size, String algorithm, String checksum) {

    /** @throws IllegalArgumentException unless name, size and checksum are as described */
    public RemoteFile {
        if (!name.matches("[\\w.-]*\\w[\\w.-]*")) {
            throw new IllegalArgumentException("'" + name + "' is not the name of a file");
        }
        if (size < 0) {
            throw new IllegalArgumentException("file '" + name + "' cannot have " + size + " bytes");
        }
        if (!checksum.matches("[0-9a-f]*") || algorithm.isEmpty() != checksum.isEmpty()) {
            throw new IllegalArgumentException("file '" + name + "': checksum '" + checksum + "' of algorithm '"
                    + algorithm + "' is not one in lower-case hexadecimal; both are empty if none is known");
        }
    }

    /** A file whose SHA-256, or the beginning of it, is known; empty if it is not. */
    public static RemoteFile sha256(String name, long size, String checksum) {
        return new RemoteFile(name, size, checksum.isEmpty() ? "" : Digest.SHA_256, checksum);
    }

    /** The name, and the size if it is known. */
    String describe() {
        return size == 0 ? name : name + " (" + bytes(size) + ")";
    }

    static String bytes(long count) {
        return String.format(Locale.ROOT, "%,d bytes", count);
    }

    /**
     * Checks size and checksum, as far as they are known.
     *
     * @throws IOException saying what was expected and what was found
     */
    void verify(Path file) throws IOException {
        long found = Files.size(file);
        if (size != 0 && found != size) {
            throw new IOException(file + ": not the right file, it has " + bytes(found) + ", expected " + bytes(size));
        }
        if (algorithm.isEmpty()) {
            return;
        }
        String actual = digest(file);
        if (!actual.startsWith(checksum)) {
            boolean whole = actual.length() == checksum.length();
            throw new IOException(file + ": not the right file, its " + algorithm + " is " + actual + ", expected "
                    + checksum + (whole ? "" : "..."));
        }
    }

    private String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new Digest(algorithm).add(in).hex();
        }
    }
}
