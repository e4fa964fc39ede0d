package io.github.multilabel.core.image;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.Optional;

/** A path that cannot be a file name here. */
record UnnameableFile(String name, InvalidPathException cause) implements ImageSource {

    @Override
    public byte[] read() throws IOException {
        throw new IOException(name + ": " + reason(), cause);
    }

    @Override
    public Optional<String> problem() {
        return Optional.of(reason());
    }

    private String reason() {
        return name.chars().allMatch(c -> c < 128)
                ? "not a file name on this system (" + cause.getReason() + ")"
                : "its letters do not exist in this Java's file name encoding, "
                        + System.getProperty("sun.jnu.encoding")
                        + "; start Java under a UTF-8 locale, for example LC_ALL=C.UTF-8";
    }

    @Override
    public String toString() {
        return name;
    }
}
