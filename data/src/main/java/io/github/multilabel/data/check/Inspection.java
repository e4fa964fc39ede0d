package io.github.multilabel.data.check;

import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
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
 * @param facts its size and format, or null if it cannot be decoded
 */
record Inspection(
        @Nullable Kind problem,
        String reason,
        @Nullable String content,
        @Nullable ImageLook look,
        @Nullable ImageFacts facts) {

    private static Inspection of(Kind problem, String reason, @Nullable String content) {
        return new Inspection(problem, reason, content, null, null);
    }

    static Inspection of(ImageSource image, ImageDecoder decoder) {
        CheckedSource checked = new CheckedSource(image);
        Optional<String> problem = checked.problem();
        if (problem.isPresent()) {
            return of(Kind.MISSING_IMAGE, problem.get(), null);
        }
        byte[] bytes;
        try {
            bytes = checked.read();
        } catch (IOException e) {
            boolean failed = e.getCause() instanceof RuntimeException; // in the user's own source
            return of(failed ? Kind.UNREADABLE_IMAGE : Kind.MISSING_IMAGE, "cannot be read: " + e.getMessage(), null);
        } catch (OutOfMemoryError e) { // a file too large for the heap
            return of(Kind.UNREADABLE_IMAGE, "reading it failed: " + e, null);
        }
        String content = Digest.sha256(bytes);
        try {
            Pixels pixels = decoder.decode(new ReadOnce(image, bytes));
            return new Inspection(null, "", content, ImageLook.of(pixels), ImageFacts.of(pixels, bytes));
        } catch (ImageDecodeException e) {
            Kind kind = e.kind() == ImageDecodeException.Kind.TRUNCATED ? Kind.TRUNCATED_IMAGE : Kind.UNREADABLE_IMAGE;
            return of(kind, e.reason(), content);
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
