package io.github.multilabel.core.image;

import io.github.multilabel.core.image.Preprocessing.Interpolation;
import java.util.Arrays;

/**
 * How the pixels of one axis are weighted to give those of the resized axis: Pillow's {@code precompute_coeffs} and
 * {@code normalize_coeffs_8bpc} (Resample.c), so that sums of bytes are exact integers.
 *
 * @param first per output pixel, the first input pixel that counts
 * @param weights per output pixel {@code count} weights, in units of 2^-{@value #PRECISION}
 * @param count how many input pixels count; some of them with weight 0, because loops of one length are fast
 */
@SuppressWarnings("ArrayRecordComponent")
public record Taps(int[] first, int[] weights, int count) {

    /** Bits behind the binary point: 32, less 8 of a byte, less 2 for the overshoot of a cubic and the sign. */
    static final int PRECISION = 22;

    /** Where rounding to the nearest starts a sum. */
    static final int HALF = 1 << PRECISION - 1;

    /**
     * The weights of a part of a resized axis.
     *
     * @param length of the input axis
     * @param start of the part of the input that is resized
     * @param extent length of that part
     * @param size the length that the part is resized to; may be far more than is computed
     * @param from the first output pixel that is wanted, of {@code size}
     * @param wanted how many are
     */
    public static Taps of(
            int length, double start, double extent, long size, long from, int wanted, Interpolation filter) {
        double scale = extent / size;
        double stretch = Math.max(scale, 1); // antialiasing: when shrinking, the filter grows with the step
        double shrink = 1 / stretch;
        double support = (filter == Interpolation.BILINEAR ? 1 : 2) * stretch;
        int[] first = new int[wanted];
        int[] stop = new int[wanted];
        int count = 1;
        for (int i = 0; i < wanted; i++) {
            double center = start + (from + i + 0.5) * scale;
            first[i] = Math.max(0, (int) (center - support + 0.5));
            stop[i] = Math.min(length, (int) (center + support + 0.5));
            count = Math.max(count, stop[i] - first[i]);
        }
        Taps taps = new Taps(first, new int[wanted * count], count);
        double[] exact = new double[count];
        for (int i = 0; i < wanted; i++) {
            double center = start + (from + i + 0.5) * scale;
            double sum = 0;
            int used = stop[i] - first[i];
            for (int k = 0; k < used; k++) {
                exact[k] = weight(filter, (first[i] + k - center + 0.5) * shrink);
                sum += exact[k];
            }
            int unused = Math.max(0, first[i] + count - length); // the window must not leave the image
            for (int k = 0; k < used; k++) {
                double fixed = (sum == 0 ? exact[k] : exact[k] / sum) * (1 << PRECISION);
                taps.weights[i * count + unused + k] = (int) (fixed < 0 ? fixed - 0.5 : fixed + 0.5);
            }
            first[i] -= unused;
        }
        return taps;
    }

    private static double weight(Interpolation filter, double x) {
        double distance = Math.abs(x);
        return switch (filter) {
            case BILINEAR -> distance < 1 ? 1 - distance : 0;
            case BICUBIC -> cubic(distance);
        };
    }

    /** Keys' kernel with a = -0.5. */
    private static double cubic(double x) {
        double a = -0.5;
        if (x < 1) {
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }

    /** How many output pixels there are. */
    int size() {
        return first.length;
    }

    /** The first input pixel that any output needs. */
    public int begin() {
        return first[0];
    }

    /** Behind the last input pixel that any output needs. */
    public int end() {
        return first[size() - 1] + count;
    }

    /** The same weights for an input of which only what is needed is there. */
    public Taps fromZero() {
        int begin = begin();
        return new Taps(Arrays.stream(first).map(pixel -> pixel - begin).toArray(), weights, count);
    }

    /** The sample in [0, 255] that a sum of weighted samples stands for. */
    static int sample(int sum) {
        // masks in place of min and max, which become no vector instructions in the loops that call this
        int sample = sum >> PRECISION;
        int below = 255 - (sample & ~(sample >> 31));
        return 255 - (below & ~(below >> 31));
    }
}
