package io.github.multilabel.core.internal.sources;

import io.github.multilabel.core.image.FileStamp;
import io.github.multilabel.core.image.ImageSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An image source that is not trusted: it may be a user's, and whatever it does is a problem of one image and no reason
 * to stop.
 *
 * @param source may return null or throw
 */
public record CheckedSource(ImageSource source) {

    /** As {@link ImageSource#problem()}; a source that fails in it has a problem. */
    @SuppressWarnings("OptionalAssignedToNull") // by the user's code
    public Optional<String> problem() {
        try {
            Optional<String> known = source.problem();
            return known == null ? Optional.empty() : known;
        } catch (RuntimeException e) {
            return Optional.of("its source failed: " + e);
        }
    }

    /** As {@link ImageSource#keptAs()}; a source that fails in it has no file. */
    @SuppressWarnings("OptionalAssignedToNull") // by the user's code
    public Optional<Path> keptAs() {
        try {
            Optional<Path> file = source.keptAs();
            return file == null ? Optional.empty() : file;
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
