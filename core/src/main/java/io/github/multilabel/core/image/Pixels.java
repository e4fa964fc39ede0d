package io.github.multilabel.core.image;

import java.awt.image.BufferedImage;

/**
 * A decoded image: RGB bytes in rows, (H, W, 3), upright, no alpha. The cheapest form for cropping, resizing and for
 * filling the uint8 tensor of a batch.
 *
 * @param height in pixels, at least 1
 * @param width in pixels, at least 1
 * @param rgb {@code height * width * 3} bytes, unsigned; shared, not copied: treat as read-only
 */
@SuppressWarnings("ArrayRecordComponent") // a buffer of megabytes is passed on, never compared or copied
public record Pixels(int height, int width, byte[] rgb) {

    /** The number of channels of a pixel. */
    public static final int CHANNELS = 3;

    /** @throws IllegalArgumentException if the sizes and the number of bytes do not fit */
    public Pixels {
        if (height < 1 || width < 1 || rgb.length != (long) height * width * CHANNELS) {
            throw new IllegalArgumentException("pixels of height " + height + " and width " + width + " need "
                    + (long) height * width * CHANNELS + " bytes, got " + rgb.length);
        }
    }

    /**
     * Returns the pixels of an image that Java or a library has decoded: grey, RGB, palette or any other colours, of 1
     * to 16 bits, with or without alpha. As in images from files, samples are taken as they are stored, profiles are
     * ignored, and what is transparent is laid on white. The orientation is not corrected, since only the file has it.
     *
     * @param image copied
     */
    public static Pixels of(BufferedImage image) {
        return RasterPixels.of(image);
    }

    /**
     * Returns one channel of a pixel in [0, 255]; channel 0 is red.
     *
     * @param y the row, from 0 at the top
     * @param x the column, from 0 at the left
     * @param channel 0 red, 1 green, 2 blue
     */
    public int get(int y, int x, int channel) {
        return rgb[(y * width + x) * CHANNELS + channel] & 0xff;
    }

    /** Returns the horizontally flipped image. */
    public Pixels mirrored() {
        byte[] mirrored = new byte[rgb.length];
        for (int y = 0; y < height; y++) {
            int from = y * width * CHANNELS;
            for (int to = from + (width - 1) * CHANNELS; to >= y * width * CHANNELS; to -= CHANNELS, from += CHANNELS) {
                mirrored[to] = rgb[from];
                mirrored[to + 1] = rgb[from + 1];
                mirrored[to + 2] = rgb[from + 2];
            }
        }
        return new Pixels(height, width, mirrored);
    }

    /**
     * Returns a copy of a part of the image.
     *
     * @throws IllegalArgumentException if the box is no part of the image
     */
    public Pixels crop(Box box) {
        box.requireWithin(this);
        int rowBytes = box.width() * CHANNELS;
        byte[] part = new byte[box.height() * rowBytes];
        for (int y = 0; y < box.height(); y++) {
            System.arraycopy(rgb, ((box.top() + y) * width + box.left()) * CHANNELS, part, y * rowBytes, rowBytes);
        }
        return new Pixels(box.height(), box.width(), part);
    }
}
