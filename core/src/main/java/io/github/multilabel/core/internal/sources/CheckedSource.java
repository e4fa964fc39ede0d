package io.github.multilabel.core.internal.sources;

import io.github.multilabel.core.image.FileStamp;
import io.github.multilabel.core.image.ImageSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An image source of which nothing is taken on trust: it may be a user's, and whatever it does concerns one image and
 * is told of that, and is no reason to stop.
 *
 * @param source gives null or throws, as it likes
 */
public record CheckedSource(ImageSource source) {

    /** As {@link ImageSource#problem()}; a source that fails to tell has a problem. */
    @SuppressWarnings("OptionalAssignedToNull") // by the user's code
    public Optional<String> problem() {
        try {
            Optional<String> told = source.problem();
            return told == null ? Optional.empty() : told;
        } catch (RuntimeException e) {
            return Optional.of("its source failed: " + e);
        }
    }

    /** As {@link ImageSource#keptAs()}; a source that fails to tell keeps nothing. */
    @SuppressWarnings("OptionalAssignedToNull") // by the user's code
    public Optional<Path> keptAs() {
        try {
            Optional<Path> told = source.keptAs();
            return told == null ? Optional.empty() : told;
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** As {@link ImageSource#stamp()}; a source that fails knows none. */
    @SuppressWarnings("OptionalAssignedToNull") // by the user's code
    public Optional<FileStamp> stamp() {
        try {
            Optional<FileStamp> stamp = source.stamp();
            return stamp == null ? Optional.empty() : stamp;
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /**
     * As {@link ImageSource#read()}.
     *
     * @return never null
     * @throws IOException if the source gives nothing, or throws anything; its cause is what was thrown
     */
    public byte[] read() throws IOException {
        byte[] bytes;
        try {
            bytes = source.read();
        } catch (RuntimeException e) {
            throw new IOException("its source failed: " + e, e);
        }
        if (bytes == null) {
            throw new IOException("no image: its source gave null");
        }
        return bytes;
    }
}
