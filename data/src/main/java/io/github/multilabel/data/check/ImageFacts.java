package io.github.multilabel.data.check;

import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.internal.formats.Defect;
import io.github.multilabel.core.internal.formats.ImageFormat;

/**
 * What a check keeps of every image that can be decoded.
 *
 * @param height of the upright image, in pixels
 * @param width of the upright image, in pixels
 * @param format of its bytes, whatever its name says, such as {@code "JPEG"}
 */
public record ImageFacts(int height, int width, String format) {

    static ImageFacts of(Pixels image, byte[] encoded) {
        try {
            return new ImageFacts(
                    image.height(), image.width(), ImageFormat.of(encoded).name());
        } catch (Defect e) {
            throw new IllegalStateException("an image was decoded whose format is unknown", e);
        }
    }

    /** The shorter of both sides. */
    public int shorterSide() {
        return Math.min(height, width);
    }

    /** Width by height: above 1 if it is wider than high. */
    public double aspectRatio() {
        return (double) width / height;
    }
}
