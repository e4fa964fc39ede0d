package io.github.multilabel.data.internal.images;

import io.github.multilabel.core.image.ImageSource;
import java.io.IOException;
import java.util.Optional;

/**
 * An image that a table names but that cannot be had. It stays in the table, so that the data set counts it, and fails
 * or passes over it as the user chose.
 *
 * @param name as the table has it
 * @param reason why, and what to do
 */
public record UnusableImage(String name, String reason) implements ImageSource {

    private static final String NONE = "(no image)";

    /** Where no image is named. */
    public static UnusableImage none(String reason) {
        return new UnusableImage(NONE, reason);
    }

    /** Whether no image is named. */
    public boolean isNone() {
        return name.equals(NONE);
    }

    @Override
    public byte[] read() throws IOException {
        throw new IOException(name + ": " + reason);
    }

    @Override
    public Optional<String> problem() {
        return Optional.of(reason);
    }
}
