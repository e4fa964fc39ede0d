package io.github.multilabel.core.image.decode;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.core.image.Resizer;

/**
 * An encoded image whose structure was checked, and which is decoded only as far as needed: a crop of a large photo
 * need not decode all of it. From {@link ImageDecoder#open}.
 *
 * <p>Decoded pixels are not cached. Safe for use by several threads.
 */
public sealed interface Photo permits DecodedPhoto, JpegPhoto {

    /** Returns a photo of an image that is already decoded. */
    static Photo of(Pixels pixels) {
        return new DecodedPhoto(pixels);
    }

    /** Height and width of the upright image, as a box from its origin. */
    Box size();

    /**
     * The whole image, upright; what {@link ImageDecoder#decode} gives.
     *
     * @throws ImageDecodeException if the image is damaged
     */
    Pixels pixels() throws ImageDecodeException;

    /**
     * A part of the image, resized as {@link Resizer#resize(Pixels, Box, int, int, Interpolation)} does. Of a large
     * photo, the part may be computed from one at a half, a quarter or an eighth of the size, as long as that is no
     * smaller than what is asked for; then bytes differ a little. {@link ImageDecoder#inFullSize()} never does that.
     *
     * @param part of the upright image
     * @throws ImageDecodeException if the image is damaged, in the part or elsewhere
     * @throws IllegalArgumentException if a size is below 1 or the box is no part of the image
     */
    Pixels resized(Box part, int height, int width, Interpolation interpolation) throws ImageDecodeException;

    /**
     * The whole image in a size to look at, as it is if it is small enough.
     *
     * @param side the longer side has at most so many pixels, at least 1
     * @throws ImageDecodeException if the image is damaged
     */
    default Pixels within(int side) throws ImageDecodeException {
        Box size = size();
        double scale = Math.min(1, (double) side / Math.max(size.height(), size.width()));
        return resized(
                new Box(0, 0, size.height(), size.width()),
                (int) Math.max(1, Math.round(size.height() * scale)),
                (int) Math.max(1, Math.round(size.width() * scale)),
                Interpolation.BILINEAR);
    }
}
