package io.github.multilabel.core.image;

import java.io.IOException;
import java.util.Optional;

/** An image in memory. */
@SuppressWarnings("ArrayRecordComponent") // an encoded image is passed on, never compared
record ImageBytes(String name, byte[] bytes) implements ImageSource {

    private static final String NONE = "no image: its bytes are null";

    @Override
    public byte[] read() throws IOException {
        if (bytes == null) {
            throw new IOException(name + ": " + NONE);
        }
        return bytes;
    }

    @Override
    public Optional<String> problem() {
        return bytes == null ? Optional.of(NONE) : Optional.empty();
    }

    @Override
    public String toString() {
        return name;
    }
}
