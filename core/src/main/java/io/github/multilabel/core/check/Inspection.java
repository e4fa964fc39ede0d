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
        byte[] bytes;
        try {
            Optional<String> problem = image.problem();
            if (problem.isPresent()) {
                return new Inspection(Kind.MISSING_IMAGE, problem.get(), null, null);
            }
            bytes = image.read();
            if (bytes == null) {
                return new Inspection(Kind.MISSING_IMAGE, "there is no image (null)", null, null);
            }
        } catch (IOException e) {
            return new Inspection(Kind.MISSING_IMAGE, "cannot be read: " + e.getMessage(), null, null);
        } catch (RuntimeException e) { // of the user's own source
            return new Inspection(Kind.UNREADABLE_IMAGE, "reading it failed: " + e, null, null);
        }
        String content = ContentHash.of(bytes);
        try {
            return new Inspection(null, "", content, ImageLook.of(decoder.decode(ImageSource.of(image.name(), bytes))));
        } catch (ImageDecodeException e) {
            Kind kind = e.reason().startsWith("truncated") ? Kind.TRUNCATED_IMAGE : Kind.UNREADABLE_IMAGE;
            return new Inspection(kind, e.reason(), content, null);
        }
    }
}
