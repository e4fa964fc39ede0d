package io.github.multilabel.data.check.page;

import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.decode.ImageDecoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

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
        BufferedImage image = new BufferedImage(small.width(), small.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < small.height(); y++) {
            for (int x = 0; x < small.width(); x++) {
                image.setRGB(x, y, small.get(y, x, 0) << 16 | small.get(y, x, 1) << 8 | small.get(y, x, 2));
            }
        }
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(jpeg)) {
            if (!ImageIO.write(image, "jpeg", out)) {
                throw new IOException("this Java has no JPEG writer");
            }
        } catch (IOException e) { // nothing is written outside of memory
            throw new UncheckedIOException(e);
        }
        return new Thumbnail(
                small.height(),
                small.width(),
                "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg.toByteArray()));
    }
}
