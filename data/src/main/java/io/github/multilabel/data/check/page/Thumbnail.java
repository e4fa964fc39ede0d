package io.github.multilabel.data.check.page;

import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.drawing.JpegAddress;
import java.util.Optional;

/**
 * A small image within the page.
 *
 * @param height in pixels
 * @param width in pixels
 * @param address a {@code data:} address of a JPEG
 */
record Thumbnail(int height, int width, String address) {

    /** Of the longer side. */
    static final int SIDE = 160;

    /** Empty if the image cannot be decoded. */
    static Optional<Thumbnail> of(ImageSource image, ImageDecoder decoder) {
        try {
            return Optional.of(of(decoder.open(image).within(SIDE)));
        } catch (ImageDecodeException e) {
            return Optional.empty();
        }
    }

    private static Thumbnail of(Pixels small) {
        return new Thumbnail(small.height(), small.width(), JpegAddress.of(small));
    }
}
