package io.github.multilabel.core.check;

import io.github.multilabel.core.check.Finding.Kind;
import io.github.multilabel.core.data.Sample;
import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.ImageDecoder;
import io.github.multilabel.core.image.ImageSource;
import java.io.IOException;
import java.util.Optional;

/**
 * What one look at an image tells.
 *
 * @param problem what is wrong with it, or null
 * @param reason in words, empty if nothing is wrong
 * @param content a hash of its bytes, or null if there are none
 * @param look what it looks like, or null
 */
record Inspection(Kind problem, String reason, String content, ImageLook look) {

    static Inspection of(Sample sample, ImageDecoder decoder) {
        ImageSource image = sample.image();
        Optional<String> problem = image.problem();
        if (problem.isPresent()) {
            return new Inspection(Kind.MISSING_IMAGE, problem.get(), null, null);
        }
        byte[] bytes;
        try {
            bytes = image.read();
        } catch (IOException e) {
            return new Inspection(Kind.MISSING_IMAGE, "cannot be read: " + e.getMessage(), null, null);
        } catch (RuntimeException
                | OutOfMemoryError e) { // of the user's own source, or of a file too large for the heap
            return new Inspection(Kind.UNREADABLE_IMAGE, "reading it failed: " + e, null, null);
        }
        String content = ContentHash.of(bytes);
        try {
            return new Inspection(null, "", content, ImageLook.of(decoder.decode(ImageSource.of(image.name(), bytes))));
        } catch (ImageDecodeException e) {
            Kind kind = e.kind() == ImageDecodeException.Kind.TRUNCATED ? Kind.TRUNCATED_IMAGE : Kind.UNREADABLE_IMAGE;
            return new Inspection(kind, e.reason(), content, null);
        }
    }
}
