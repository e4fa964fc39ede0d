package io.github.multilabel.data.augment;

import io.github.multilabel.core.image.Pixels;
import java.util.Arrays;

/** Makes images sharper or softer: torchvision's functions by the same names. */
public final class Filters {

    /** One, in the integers that sum up rows. */
    private static final int FIXED = 1 << 20;

    private Filters() {}

    /**
     * torchvision's {@code adjust_sharpness} of a PIL image: 0 is blurred a little, 1 the image, more is sharper. The
     * pixels of the border stay as they are.
     *
     * @param factor at least 0; usually at most 2
     * @throws IllegalArgumentException if the factor is negative or not finite
     */
    public static Pixels sharpness(Pixels image, double factor) {
        byte[] in = image.rgb();
        byte[] rgb = in.clone();
        int row = image.width() * Pixels.CHANNELS;
        int[] three = new int[row]; // the sums of a pixel and those above and below it
        float alpha = (float) Colors.factor("sharpness", factor);
        for (int y = 1; y < image.height() - 1; y++) {
            int start = y * row;
            for (int i = 0; i < row; i++) {
                three[i] = (in[start - row + i] & 0xff) + (in[start + i] & 0xff) + (in[start + row + i] & 0xff);
            }
            for (int i = Pixels.CHANNELS; i < row - Pixels.CHANNELS; i++) {
                int itself = in[start + i] & 0xff;
                int sum = three[i - Pixels.CHANNELS] + three[i] + three[i + Pixels.CHANNELS] + 4 * itself;
                int smooth = (2 * sum + 13) / 26; // ImageFilter.SMOOTH, whose weights sum to 13, rounded
                rgb[start + i] = Tables.clip(Tables.blend(smooth, itself, alpha));
            }
        }
        return new Pixels(image.height(), image.width(), rgb);
    }

    /**
     * torchvision's {@code gaussian_blur}; at its border the image is mirrored.
     *
     * @param kernelSize the width of the filter in pixels: odd, in [1, 255]
     * @param sigma standard deviation in pixels, in [0.01, 100]
     * @throws IllegalArgumentException if one is outside
     */
    public static Pixels gaussianBlur(Pixels image, int kernelSize, double sigma) {
        float[] kernel = GaussianBlur.kernel(kernelSize, sigma);
        int half = kernelSize / 2;
        int row = image.width() * Pixels.CHANNELS;
        byte[] in = image.rgb();
        int[] columns = new int[row + 2 * half * Pixels.CHANNELS];
        float[] blurred = new float[row];
        byte[] rgb = new byte[in.length];
        for (int y = 0; y < image.height(); y++) {
            Arrays.fill(columns, 0);
            for (int k = 0; k < kernelSize; k++) {
                addRow(in, mirrored(y + k - half, image.height()) * row, kernel[k], columns, half, row);
            }
            mirrorEnds(columns, half, image.width());
            Arrays.fill(blurred, 0.5f);
            for (int k = 0; k < kernelSize; k++) {
                addColumns(columns, k, kernel[k] / FIXED, blurred);
            }
            for (int i = 0; i < row; i++) {
                rgb[y * row + i] = Tables.clip((int) blurred[i]);
            }
        }
        return new Pixels(image.height(), image.width(), rgb);
    }

    /** In integers, so that no byte is converted twice. */
    private static void addRow(byte[] in, int from, float weight, int[] sums, int half, int row) {
        int fixed = Math.round(weight * FIXED);
        int to = half * Pixels.CHANNELS;
        for (int i = 0; i < row; i++) {
            sums[to + i] += (in[from + i] & 0xff) * fixed;
        }
    }

    private static void addColumns(int[] columns, int k, float weight, float[] sums) {
        int from = k * Pixels.CHANNELS;
        for (int i = 0; i < sums.length; i++) {
            sums[i] += columns[from + i] * weight;
        }
    }

    private static void mirrorEnds(int[] columns, int half, int width) {
        for (int x = -half; x < width + half; x++) {
            if (x < 0 || x >= width) {
                int source = (half + mirrored(x, width)) * Pixels.CHANNELS;
                System.arraycopy(columns, source, columns, (half + x) * Pixels.CHANNELS, Pixels.CHANNELS);
            }
        }
    }

    /** The pixel that stands for one outside: mirrored at the middle of the border pixel, as often as it takes. */
    private static int mirrored(int x, int length) {
        if (length == 1) {
            return 0;
        }
        int period = 2 * (length - 1);
        int place = Math.floorMod(x, period);
        return place < length ? place : period - place;
    }
}
