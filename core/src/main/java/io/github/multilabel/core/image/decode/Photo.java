package io.github.multilabel.core.image.decode;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.core.image.Resizer;

/**
 * An image whose structure was checked, and which is decoded only as far as it is asked for: a training step that looks
 * at a part of a large photo need not decode all of it. From {@link ImageDecoder#open}.
 *
 * <p>Nothing is kept of what was decoded: ask once. Safe for use by several threads.
 */
public sealed interface Photo permits DecodedPhoto, JpegPhoto {

    /** A picture that is decoded already. */
    static Photo of(Pixels pixels) {
        return new DecodedPhoto(pixels);
    }

    /** Height and width of the upright picture, as a box from its origin. */
    Box size();

    /**
     * The whole picture, upright; what {@link ImageDecoder#decode} gives.
     *
     * @throws ImageDecodeException if the image is damaged
     */
    Pixels pixels() throws ImageDecodeException;

    /**
     * A part of the picture, resized as {@link Resizer#resize(Pixels, Box, int, int, Interpolation)} does. Of a large
     * photo, the part may be computed from one at a half, a quarter or an eighth of the size, as long as that is no
     * smaller than what is asked for; then bytes differ a little. {@link ImageDecoder#inFullSize()} never does that.
     *
     * @param part of the upright picture
     * @throws ImageDecodeException if the image is damaged, in the part or elsewhere
     * @throws IllegalArgumentException if a size is below 1 or the box is no part of the picture
     */
    Pixels resized(Box part, int height, int width, Interpolation interpolation) throws ImageDecodeException;
}
