package io.github.multilabel.core.internal.jpeg;

import java.util.List;
import java.util.Optional;

/**
 * A JPEG as cameras and most programs write it: 8 bits, Huffman codes, one scan; grey, or YCbCr with chroma in full
 * size, half width, or half width and height. Of such a file a part can be decoded, and at a half, a quarter or an
 * eighth of its size.
 *
 * <p>It gives up, rather than guess, on every other kind and on the smallest flaw in the data; another reader then has
 * to decode the image or to say what is wrong with it.
 */
public final class BaselineJpeg {

    private final byte[] bytes;
    private final int height;
    private final int width;
    private final List<Component> components;
    private final int restartInterval;
    private final int data;

    BaselineJpeg(byte[] bytes, int height, int width, List<Component> components, int restartInterval, int data) {
        this.bytes = bytes;
        this.height = height;
        this.width = width;
        this.components = components;
        this.restartInterval = restartInterval;
        this.data = data;
    }

    /**
     * Reads the headers.
     *
     * @param bytes a whole JPEG that ends with its end marker, without stray bytes between its segments; grey or YCbCr
     *     if it has one or three components; kept, not copied
     * @return empty if it is of another kind
     */
    public static Optional<BaselineJpeg> parse(byte[] bytes) {
        return new HeaderReader(bytes).read();
    }

    /** In pixels, as stored. */
    public int height() {
        return height;
    }

    /** In pixels, as stored. */
    public int width() {
        return width;
    }

    /**
     * Decodes a part, which lies within the reduced image, whose sides are {@code ceil(side / reduction)}.
     *
     * @param top the first row of the part
     * @param left the first column of the part
     * @param rows of the part
     * @param columns of the part
     * @param reduction 1 for full size, which is byte for byte what the JDK's reader and libjpeg-turbo (so Pillow)
     *     give; 2, 4 or 8 for the means of so many pixels in both directions, within rounding what libjpeg-turbo gives
     *     at that scale (Pillow's {@code draft})
     * @return RGB bytes, row by row; empty if the data has a flaw anywhere, also outside the part
     */
    public Optional<byte[]> decode(int top, int left, int rows, int columns, int reduction) {
        Planes planes = new Planes(this, new Part(top, left, rows, columns), reduction);
        return new Scan(this, planes).read() ? Optional.of(planes.toRgb()) : Optional.empty();
    }

    List<Component> components() {
        return components;
    }

    int restartInterval() {
        return restartInterval;
    }

    /** Reads the coded data from its start. */
    CoefficientReader newReader() {
        return new CoefficientReader(bytes, data, bytes.length - HeaderReader.END_MARKER);
    }

    /** The number of units (MCUs) from left to right. */
    int unitsAcross() {
        return ceil(width, 8 * components.get(0).horizontal());
    }

    /** The number of units (MCUs) from top to bottom. */
    int unitsDown() {
        return ceil(height, 8 * components.get(0).vertical());
    }

    static int ceil(int length, int step) {
        return (length + step - 1) / step;
    }
}
