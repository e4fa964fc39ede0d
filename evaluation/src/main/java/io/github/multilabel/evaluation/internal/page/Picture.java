package io.github.multilabel.evaluation.internal.page;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.core.image.Resizer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

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
        return new Picture(
                text,
                small.width(),
                small.height(),
                "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg(small)));
    }

    private static int scaled(int length, double scale) {
        return (int) Math.max(1, Math.round(length * scale));
    }

    private static byte[] jpeg(Pixels pixels) {
        BufferedImage image = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < pixels.height(); y++) {
            for (int x = 0; x < pixels.width(); x++) {
                image.setRGB(x, y, pixels.get(y, x, 0) << 16 | pixels.get(y, x, 1) << 8 | pixels.get(y, x, 2));
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
        return jpeg.toByteArray();
    }
}
