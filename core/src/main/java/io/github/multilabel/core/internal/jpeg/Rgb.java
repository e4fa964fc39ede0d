package io.github.multilabel.core.internal.jpeg;

/** From YCbCr to RGB (ITU-T T.871, 7) with the rounding of the Independent JPEG Group's library. */
final class Rgb {

    static final int CHANNELS = 3;

    private static final int VALUES = 256;
    private static final int BITS = 16;
    private static final int HALF = 1 << BITS - 1;
    private static final int[] RED_OF_CR = new int[VALUES];
    private static final int[] BLUE_OF_CB = new int[VALUES];
    private static final int[] GREEN_OF_CR = new int[VALUES];
    private static final int[] GREEN_OF_CB = new int[VALUES];

    static {
        for (int i = 0; i < VALUES; i++) {
            int chroma = i - VALUES / 2;
            RED_OF_CR[i] = fixed(1.40200) * chroma + HALF >> BITS;
            BLUE_OF_CB[i] = fixed(1.77200) * chroma + HALF >> BITS;
            GREEN_OF_CR[i] = -fixed(0.71414) * chroma;
            GREEN_OF_CB[i] = -fixed(0.34414) * chroma + HALF;
        }
    }

    private Rgb() {}

    private static int fixed(double value) {
        return (int) (value * (1 << BITS) + 0.5);
    }

    /**
     * Converts a row.
     *
     * @param skip samples at the start of {@code cb} and {@code cr} to pass over
     * @param at where in {@code rgb} the row starts
     */
    static void convert(byte[] luma, byte[] cb, byte[] cr, int skip, byte[] rgb, int at) {
        for (int x = 0; x < luma.length; x++) {
            int y = luma[x] & 0xff;
            int blue = cb[skip + x] & 0xff;
            int red = cr[skip + x] & 0xff;
            int target = at + x * CHANNELS;
            rgb[target] = clamp(y + RED_OF_CR[red]);
            rgb[target + 1] = clamp(y + (GREEN_OF_CB[blue] + GREEN_OF_CR[red] >> BITS));
            rgb[target + 2] = clamp(y + BLUE_OF_CB[blue]);
        }
    }

    /** Repeats each sample for each channel. */
    static void grey(byte[] luma, byte[] rgb, int at) {
        int target = at;
        for (byte sample : luma) {
            rgb[target++] = sample;
            rgb[target++] = sample;
            rgb[target++] = sample;
        }
    }

    /** To [0, 255]; most values are in it, and a branch that is rarely taken is faster than min and max. */
    static byte clamp(int value) {
        return (byte) ((value & ~0xff) == 0 ? value : ~value >> 31);
    }
}
