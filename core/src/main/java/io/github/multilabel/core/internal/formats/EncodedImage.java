package io.github.multilabel.core.internal.formats;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.Pixels;
import java.io.IOException;

/** An image whose structure was checked, ready to be decoded. */
public sealed interface EncodedImage permits JpegImage, PngImage, GifImage, BmpImage, TiffImage, WebpImage {

    /**
     * Decodes the pixels as they are stored, not yet turned upright.
     *
     * @throws IOException if the reader gives up
     */
    Pixels decode() throws Defect, IOException;

    /** How to turn the image upright. */
    default Orientation orientation() {
        return Orientation.UPRIGHT;
    }

    /** Height and width as stored. */
    Box stored();

    /** How many bytes of a reader's own each pixel takes while it is decoded, beside its RGB. */
    int bytesPerPixel();

    /** Whether all pixels are there, but not what has to follow them. */
    default boolean isWithoutEnd() {
        return false;
    }

    /** Checks the structure of an image. */
    static EncodedImage parse(byte[] bytes, PixelLimit limit) throws Defect {
        ImageFormat format = ImageFormat.of(bytes);
        try {
            return switch (format) {
                case JPEG -> JpegImage.parse(bytes, limit);
                case PNG -> PngImage.parse(bytes, limit);
                case GIF -> GifImage.parse(bytes, limit);
                case BMP -> BmpImage.parse(bytes, limit);
                case TIFF -> TiffImage.parse(bytes, limit);
                case WEBP -> WebpImage.parse(bytes, limit);
            };
        } catch (IndexOutOfBoundsException e) {
            throw Defect.truncated(format, "it ends within its headers, after " + bytes.length + " bytes");
        }
    }
}
