package io.github.multilabel.data.check;

import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.files.Digest;
import io.github.multilabel.core.internal.sources.CheckedSource;
import io.github.multilabel.data.Finding.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What reading an image once shows.
 *
 * @param problem what is wrong with it, or null
 * @param reason in words, empty if nothing is wrong
 * @param content a hash of its bytes, or null if there are none
 * @param look what it looks like, or null
 */
record Inspection(@Nullable Kind problem, String reason, @Nullable String content, @Nullable ImageLook look) {

    static Inspection of(ImageSource image, ImageDecoder decoder) {
        CheckedSource checked = new CheckedSource(image);
        Optional<String> problem = checked.problem();
        if (problem.isPresent()) {
            return new Inspection(Kind.MISSING_IMAGE, problem.get(), null, null);
        }
        byte[] bytes;
        try {
            bytes = checked.read();
        } catch (IOException e) {
            boolean failed = e.getCause() instanceof RuntimeException; // in the user's own source
            return new Inspection(
                    failed ? Kind.UNREADABLE_IMAGE : Kind.MISSING_IMAGE,
                    "cannot be read: " + e.getMessage(),
                    null,
                    null);
        } catch (OutOfMemoryError e) { // a file too large for the heap
            return new Inspection(Kind.UNREADABLE_IMAGE, "reading it failed: " + e, null, null);
        }
        String content = Digest.sha256(bytes);
        try {
            return new Inspection(null, "", content, ImageLook.of(decoder.decode(new ReadOnce(image, bytes))));
        } catch (ImageDecodeException e) {
            Kind kind = e.kind() == ImageDecodeException.Kind.TRUNCATED ? Kind.TRUNCATED_IMAGE : Kind.UNREADABLE_IMAGE;
            return new Inspection(kind, e.reason(), content, null);
        }
    }

    /** What was read of an image already, which may be kept in a file. */
    private record ReadOnce(ImageSource image, byte[] read) implements ImageSource {

        @Override
        public String name() {
            return image.name();
        }

        @Override
        public Optional<Path> keptAs() {
            return image.keptAs();
        }
    }
}
