package io.github.multilabel.cars.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A file to fetch, and how to tell that it is the right one.
 *
 * @param name of the file, here and there
 * @param size in bytes; 0 if not known
 * @param algorithm of the checksum, such as {@code "SHA-256"}; empty if none is known
 * @param checksum in hexadecimal, lower case
 */
record RemoteFile(String name, long size, String algorithm, String checksum) {

    /** Whether it is unpacked or taken as it is. */
    boolean isArchive() {
        return name.endsWith(".tgz");
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
        if (!actual.equals(checksum)) {
            throw new IOException(
                    file + ": not the right file, its " + algorithm + " is " + actual + ", expected " + checksum);
        }
    }

    private String digest(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has MD5 and SHA-256
        }
    }
}
