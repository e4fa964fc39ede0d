package io.github.multilabel.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Checksums as repositories have them beside their files. */
final class Checksum {

    private static final Map<String, String> ALGORITHMS =
            Map.of("md5", "MD5", "sha1", "SHA-1", "sha256", "SHA-256", "sha512", "SHA-512");

    private Checksum() {}

    /**
     * @param ending what a file with such a checksum ends with: md5, sha1, sha256 or sha512
     * @return in hexadecimal, small letters
     */
    static String of(Path file, String ending) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance(ALGORITHMS.get(ending)).digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + ending, e);
        }
    }
}
