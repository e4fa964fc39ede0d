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
 * @param grey whether it has no colour
 * @param sharpness the variance of its Laplacian, where its shorter side has 224 pixels at most; below 100 it is
 *     blurred, or shows next to nothing
 */
public record ImageFacts(int height, int width, String format, boolean grey, double sharpness) {

    /** How much the channels of a grey differ at most, 0 to 255: what compression leaves. */
    private static final int TOLERANCE = 8;

    static ImageFacts of(Pixels image, byte[] encoded) {
        try {
            String format = ImageFormat.of(encoded).name();
            return new ImageFacts(image.height(), image.width(), format, isGrey(image), Sharpness.of(image));
        } catch (Defect e) {
            throw new IllegalStateException("an image was decoded whose format is unknown", e);
        }
    }

    private static boolean isGrey(Pixels image) {
        byte[] rgb = image.rgb();
        for (int at = 0; at < rgb.length; at += Pixels.CHANNELS) {
            int red = rgb[at] & 0xff;
            int green = rgb[at + 1] & 0xff;
            int blue = rgb[at + 2] & 0xff;
            if (Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue)) > TOLERANCE) {
                return false;
            }
        }
        return true;
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
