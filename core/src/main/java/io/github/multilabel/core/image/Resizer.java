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
     * Resizes an image.
     *
     * @param height of the result, at least 1
     * @param width of the result, at least 1
     * @throws IllegalArgumentException if a size is below 1
     */
    public static Pixels resize(Pixels image, int height, int width, Interpolation interpolation) {
        return resize(image, Box.of(image), height, width, interpolation);
    }

    /**
     * Makes an image smaller, in its shape, so that its longer side has at most so many pixels; one that is small
     * enough stays as it is.
     *
     * @param side the most pixels of the longer side, at least 1
     */
    public static Pixels within(Pixels image, int side) {
        double scale = (double) side / Math.max(image.width(), image.height());
        return scale >= 1
                ? image
                : resize(
                        image,
                        Math.max(1, (int) Math.round(image.height() * scale)),
                        Math.max(1, (int) Math.round(image.width() * scale)),
                        Interpolation.BILINEAR);
    }

    /**
     * Cuts out a box and resizes it in one step, as Pillow's {@code box=} does: pixels beside the box take part in what
     * the filter makes of its border.
     *
     * @param box a part of the image
     * @param height of the result, at least 1
     * @param width of the result, at least 1
     * @throws IllegalArgumentException if a size is below 1 or the box is no part of the image
     */
    public static Pixels resize(Pixels image, Box box, int height, int width, Interpolation interpolation) {
        requireUsable(box, Box.of(image), height, width);
        return apply(
                image,
                Taps.of(image.height(), box.top(), box.height(), height, 0, height, interpolation),
                Taps.of(image.width(), box.left(), box.width(), width, 0, width, interpolation));
    }

    /** @throws IllegalArgumentException if a size is below 1 or the box is no part of the image */
    public static void requireUsable(Box box, Box image, int height, int width) {
        box.requireWithin(image);
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "cannot resize to height " + height + ", width " + width + "; both must be at least 1");
        }
    }

    /**
     * First along the rows, of those that are needed, then along the columns: Pillow's order, which its rounding needs.
     */
    public static Pixels apply(Pixels image, Taps rows, Taps columns) {
        int rowSamples = columns.size() * CHANNELS;
        int[][] narrow = new int[rows.end() - rows.begin()][rowSamples];
        for (int y = 0; y < narrow.length; y++) {
            alongRow(image, rows.begin() + y, columns, narrow[y]);
        }
        byte[] rgb = new byte[rows.size() * rowSamples];
        int[] sums = new int[rowSamples];
        for (int y = 0; y < rows.size(); y++) {
            alongColumns(narrow, rows, y, sums);
            for (int i = 0; i < rowSamples; i++) {
                rgb[y * rowSamples + i] = (byte) sums[i];
            }
        }
        return new Pixels(rows.size(), columns.size(), rgb);
    }

    /**
     * Adds two neighbours at a time to the sums of the whole row: one loop for each pixel's few neighbours would cost
     * more than what is done in it.
     */
    private static void alongRow(Pixels image, int row, Taps taps, int[] sums) {
        int start = row * image.width();
        Arrays.fill(sums, Taps.HALF);
        int k = 0;
        for (; k + 1 < taps.count(); k += 2) {
            addPairs(image.rgb(), start + k, taps, k, sums);
        }
        if (k < taps.count()) {
            addLast(image.rgb(), start + k, taps, k, sums);
        }
        toSamples(sums);
    }

    private static void addPairs(byte[] in, int start, Taps taps, int k, int[] sums) {
        int[] first = taps.first();
        int[] weights = taps.weights();
        int count = taps.count();
        for (int x = 0, i = 0, w = k; x < first.length; x++, i += CHANNELS, w += count) {
            int pixel = (start + first[x]) * CHANNELS;
            int weight = weights[w];
            int other = weights[w + 1];
            sums[i] += (in[pixel] & 0xff) * weight + (in[pixel + 3] & 0xff) * other;
            sums[i + 1] += (in[pixel + 1] & 0xff) * weight + (in[pixel + 4] & 0xff) * other;
            sums[i + 2] += (in[pixel + 2] & 0xff) * weight + (in[pixel + 5] & 0xff) * other;
        }
    }

    private static void addLast(byte[] in, int start, Taps taps, int k, int[] sums) {
        int[] first = taps.first();
        int[] weights = taps.weights();
        int count = taps.count();
        for (int x = 0, i = 0, w = k; x < first.length; x++, i += CHANNELS, w += count) {
            int pixel = (start + first[x]) * CHANNELS;
            int weight = weights[w];
            sums[i] += (in[pixel] & 0xff) * weight;
            sums[i + 1] += (in[pixel + 1] & 0xff) * weight;
            sums[i + 2] += (in[pixel + 2] & 0xff) * weight;
        }
    }

    /** Sums whole rows, two at a time: Java makes vector instructions of loops over whole arrays of ints. */
    private static void alongColumns(int[][] in, Taps taps, int row, int[] sums) {
        int source = taps.first()[row] - taps.begin();
        int k = row * taps.count();
        int stop = k + taps.count();
        Arrays.fill(sums, Taps.HALF);
        for (; k + 1 < stop; k += 2, source += 2) {
            add(in[source], taps.weights()[k], in[source + 1], taps.weights()[k + 1], sums);
        }
        if (k < stop) {
            add(in[source], taps.weights()[k], in[source], 0, sums);
        }
        toSamples(sums);
    }

    private static void toSamples(int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = Taps.sample(sums[i]);
        }
    }

    private static void add(int[] first, int weight, int[] second, int other, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += first[i] * weight + second[i] * other;
        }
    }
}
