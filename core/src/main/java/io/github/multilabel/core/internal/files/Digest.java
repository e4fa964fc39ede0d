package io.github.multilabel.core.internal.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A checksum that identifies a content, as {@code sha256sum} gives it: in hexadecimal, lower case.
 *
 * <pre>{@code
 * Digest digest = new Digest(Digest.SHA_256);
 * AtomicOutput.file(file, out -> write(digest.passing(out)));
 * String checksum = digest.hex();
 * }</pre>
 */
public final class Digest {

    /** The algorithm of all checksums that are this library's own. */
    public static final String SHA_256 = "SHA-256";

    private static final int BUFFER = 1 << 16;

    private final MessageDigest digest;

    /**
     * Begins with nothing.
     *
     * @param algorithm {@link #SHA_256}, or MD5 where others published that
     * @throws IllegalArgumentException if this Java does not know it
     */
    public Digest(String algorithm) {
        try {
            this.digest = MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException("no checksum '" + algorithm + "' is known; every Java has SHA-256", e);
        }
    }

    /** The SHA-256 of these bytes, one after the other. */
    public static String sha256(byte[]... parts) {
        Digest digest = new Digest(SHA_256);
        for (byte[] part : parts) {
            digest.digest.update(part);
        }
        return digest.hex();
    }

    /** Adds all that is left to read. */
    public Digest add(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
        }
        return this;
    }

    /** Adds so many bytes, or fewer if there are no more. */
    public Digest add(InputStream in, long length) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = length;
        for (int n = 0; left > 0 && n >= 0; n = in.read(buffer, 0, (int) Math.min(left, BUFFER))) {
            digest.update(buffer, 0, n);
            left -= n;
        }
        return this;
    }

    /** A stream that adds what passes through it. */
    public OutputStream passing(OutputStream out) {
        return new DigestOutputStream(out, digest);
    }

    /** The checksum of all that was added; begins anew. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
