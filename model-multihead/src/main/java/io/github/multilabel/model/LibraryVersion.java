package io.github.multilabel.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of this library, which the build writes into a resource. */
public final class LibraryVersion {

    private LibraryVersion() {}

    /** For example {@code 0.1.0}; saved models have it in their description. */
    public static String get() {
        try (InputStream in = LibraryVersion.class.getResourceAsStream("version.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the version of this library cannot be read from its own jar", e);
        }
    }
}
