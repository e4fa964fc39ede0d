package io.github.multilabel.evaluation.internal.page;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.core.image.Resizer;
import io.github.multilabel.core.internal.drawing.JpegAddress;

/**
 * A small image within the page.
 *
 * @param text what it shows, in words
 * @param width in pixels
 * @param height in pixels
 * @param address a {@code data:} address of a JPEG
 */
public record Picture(String text, int width, int height, String address) {

    /** Of the longer side, in pixels. */
    private static final int SIDE = 160;

    /**
     * Makes an image small.
     *
     * @param text what it shows, in words
     */
    public static Picture of(String text, Pixels image) {
        double scale = Math.min(1, (double) SIDE / Math.max(image.width(), image.height()));
        Pixels small = Resizer.resize(
                image,
                new Box(0, 0, image.height(), image.width()),
                scaled(image.height(), scale),
                scaled(image.width(), scale),
                Interpolation.BILINEAR);
        return new Picture(text, small.width(), small.height(), JpegAddress.of(small));
    }

    private static int scaled(int length, double scale) {
        return (int) Math.max(1, Math.round(length * scale));
    }
}
