package io.github.multilabel.data.augment;

import io.github.multilabel.core.image.Pixels;

/**
 * Moves pixels and takes each from its nearest neighbour: torchvision's {@code affine} and {@code rotate} of PIL
 * images, with the arithmetic of Pillow's {@code affine_fixed} (Geometry.c). The image keeps its size.
 *
 * <p>In each, {@code fill} is the colour 0xRRGGBB of what comes from outside the image; 0, black, is torchvision's.
 * Angles and distances that are not finite are refused with an IllegalArgumentException.
 */
public final class Geometry {

    private static final int FIXED = 16;

    private Geometry() {}

    /**
     * Turns around the middle.
     *
     * @param degrees counter-clockwise
     * @param fill the colour of what comes into view, 0xRRGGBB
     */
    public static Pixels rotate(Pixels image, double degrees, int fill) {
        double angle = -Math.toRadians(degrees % 360);
        double cos = rounded(Math.cos(angle));
        double sin = rounded(Math.sin(angle));
        double centerX = image.width() / 2.0;
        double centerY = image.height() / 2.0;
        return affine(
                image,
                cos,
                sin,
                cos * -centerX + sin * -centerY + centerX,
                -sin,
                cos,
                -sin * -centerX + cos * -centerY + centerY,
                fill);
    }

    /**
     * {@link #rotate(Pixels, double, int)} with black corners.
     *
     * @param degrees counter-clockwise
     */
    public static Pixels rotate(Pixels image, double degrees) {
        return rotate(image, degrees, 0);
    }

    /** So Pillow, that quarters are exact. */
    private static double rounded(double value) {
        return Math.rint(value * 1e15) / 1e15;
    }

    /**
     * Moves each row to the left in proportion to its distance from the top.
     *
     * @param pixels per row
     * @param fill the colour of what comes into view, 0xRRGGBB
     */
    public static Pixels shearX(Pixels image, double pixels, int fill) {
        return affine(image, 1, pixels, 0, 0, 1, 0, fill);
    }

    /**
     * Moves each column up in proportion to its distance from the left.
     *
     * @param pixels per column
     * @param fill the colour of what comes into view, 0xRRGGBB
     */
    public static Pixels shearY(Pixels image, double pixels, int fill) {
        return affine(image, 1, 0, 0, pixels, 1, 0, fill);
    }

    /**
     * Moves the image to the right, or to the left if negative.
     *
     * @param fill the colour of what comes into view, 0xRRGGBB
     */
    public static Pixels translateX(Pixels image, int pixels, int fill) {
        return affine(image, 1, 0, -(double) pixels, 0, 1, 0, fill);
    }

    /**
     * Moves the image down, or up if negative.
     *
     * @param fill the colour of what comes into view, 0xRRGGBB
     */
    public static Pixels translateY(Pixels image, int pixels, int fill) {
        return affine(image, 1, 0, 0, 0, 1, -(double) pixels, fill);
    }

    /** Takes the pixel of row y, column x from row {@code dx + ey + f}, column {@code ax + by + c}. */
    private static Pixels affine(Pixels image, double a, double b, double c, double d, double e, double f, int fill) {
        if (!Double.isFinite(a + b + c + d + e + f)) {
            throw new IllegalArgumentException("cannot turn or shear by a number that is not finite");
        }
        int height = image.height();
        int width = image.width();
        byte[] in = image.rgb();
        byte[] rgb = new byte[in.length];
        long stepX = fixed(a);
        long stepY = fixed(d);
        long rowX = fixed(c + a * 0.5 + b * 0.5);
        long rowY = fixed(f + d * 0.5 + e * 0.5);
        int out = 0;
        for (int y = 0; y < height; y++) {
            long sourceX = rowX;
            long sourceY = rowY;
            for (int x = 0; x < width; x++) {
                long column = sourceX >> FIXED;
                long row = sourceY >> FIXED;
                if (column >= 0 && column < width && row >= 0 && row < height) {
                    int source = ((int) row * width + (int) column) * Pixels.CHANNELS;
                    rgb[out] = in[source];
                    rgb[out + 1] = in[source + 1];
                    rgb[out + 2] = in[source + 2];
                } else {
                    rgb[out] = (byte) (fill >> 16);
                    rgb[out + 1] = (byte) (fill >> 8);
                    rgb[out + 2] = (byte) fill;
                }
                out += Pixels.CHANNELS;
                sourceX += stepX;
                sourceY += stepY;
            }
            rowX += fixed(b);
            rowY += fixed(e);
        }
        return new Pixels(height, width, rgb);
    }

    private static long fixed(double value) {
        return (long) Math.floor(value * (1 << FIXED) + 0.5);
    }
}
