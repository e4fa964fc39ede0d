package io.github.multilabel.evaluation.internal.page;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
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
    public static Picture of(String text, BufferedImage image) {
        double scale = Math.min(1, (double) SIDE / Math.max(image.getWidth(), image.getHeight()));
        BufferedImage small = image;
        while (small.getWidth() > 2 * SIDE * 2 && small.getHeight() > 2) { // in halves, so that every pixel counts
            small = drawn(small, (small.getWidth() + 1) / 2, (small.getHeight() + 1) / 2);
        }
        small = drawn(small, scaled(image.getWidth(), scale), scaled(image.getHeight(), scale));
        return new Picture(
                text,
                small.getWidth(),
                small.getHeight(),
                "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg(small)));
    }

    private static int scaled(int length, double scale) {
        return (int) Math.max(1, Math.round(length * scale));
    }

    private static BufferedImage drawn(BufferedImage image, int width, int height) {
        BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = drawn.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return drawn;
    }

    private static byte[] jpeg(BufferedImage image) {
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
