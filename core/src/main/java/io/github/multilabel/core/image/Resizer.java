package io.github.multilabel.core.image;

import io.github.multilabel.core.image.Preprocessing.Interpolation;
import java.util.Arrays;

/**
 * Resizes with antialiasing, as Pillow's {@code Image.resize} and so torchvision's transforms of PIL images do. The
 * arithmetic is Pillow's to the bit, rows before columns as in all its releases up to 12; release 13 begins with the
 * columns where that is less work, so that single bytes can differ by 1.
 */
public final class Resizer {

    private static final int CHANNELS = Pixels.CHANNELS;

    private Resizer() {}

    /**
     * Resizes a picture.
     *
     * @param height of the result, at least 1
     * @param width of the result, at least 1
     * @throws IllegalArgumentException if a size is below 1
     */
    public static Pixels resize(Pixels image, int height, int width, Interpolation interpolation) {
        return resize(image, Box.of(image), height, width, interpolation);
    }

    /**
     * Cuts out a box and resizes it in one step, as Pillow's {@code box=} does: pixels beside the box take part in what
     * the filter makes of its border.
     *
     * @throws IllegalArgumentException if a size is below 1 or the box is no part of the picture
     */
    public static Pixels resize(Pixels image, Box box, int height, int width, Interpolation interpolation) {
        box.requireWithin(image);
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "cannot resize to height " + height + ", width " + width + "; both must be at least 1");
        }
        return apply(
                image,
                Taps.of(image.height(), box.top(), box.height(), height, 0, height, interpolation),
                Taps.of(image.width(), box.left(), box.width(), width, 0, width, interpolation));
    }

    /**
     * First along the rows, of those that are needed, then along the columns: Pillow's order, which its rounding needs.
     */
    static Pixels apply(Pixels image, Taps rows, Taps columns) {
        int needed = rows.end() - rows.begin();
        byte[] narrow = new byte[needed * columns.size() * CHANNELS];
        for (int y = 0; y < needed; y++) {
            alongRow(image, rows.begin() + y, columns, narrow, y * columns.size() * CHANNELS);
        }
        int rowBytes = columns.size() * CHANNELS;
        byte[] rgb = new byte[rows.size() * rowBytes];
        int[] sums = new int[rowBytes];
        for (int y = 0; y < rows.size(); y++) {
            alongColumns(narrow, rows, y, sums);
            for (int i = 0; i < rowBytes; i++) {
                rgb[y * rowBytes + i] = Taps.toByte(sums[i]);
            }
        }
        return new Pixels(rows.size(), columns.size(), rgb);
    }

    private static void alongRow(Pixels image, int row, Taps taps, byte[] out, int target) {
        byte[] in = image.rgb();
        int[] weights = taps.weights();
        int rowStart = row * image.width();
        for (int x = 0; x < taps.size(); x++) {
            int red = Taps.HALF;
            int green = Taps.HALF;
            int blue = Taps.HALF;
            int source = (rowStart + taps.first()[x]) * CHANNELS;
            int k = x * taps.stride();
            for (int stop = k + taps.count()[x]; k < stop; k++, source += CHANNELS) {
                int weight = weights[k];
                red += (in[source] & 0xff) * weight;
                green += (in[source + 1] & 0xff) * weight;
                blue += (in[source + 2] & 0xff) * weight;
            }
            out[target++] = Taps.toByte(red);
            out[target++] = Taps.toByte(green);
            out[target++] = Taps.toByte(blue);
        }
    }

    /** Sums whole rows, a loop that the compiler turns into vector instructions. */
    private static void alongColumns(byte[] in, Taps taps, int row, int[] sums) {
        Arrays.fill(sums, Taps.HALF);
        int start = (taps.first()[row] - taps.begin()) * sums.length;
        for (int k = 0; k < taps.count()[row]; k++) {
            int weight = taps.weights()[row * taps.stride() + k];
            int source = start + k * sums.length;
            for (int i = 0; i < sums.length; i++) {
                sums[i] += (in[source + i] & 0xff) * weight;
            }
        }
    }
}
