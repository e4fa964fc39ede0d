package io.github.multilabel.core.internal.jpeg;

import java.util.Arrays;

/**
 * From the 64 coefficients of a block to its samples: the integer transform of the Independent JPEG Group's library
 * ({@code jidctint}: C. Loeffler, A. Ligtenberg, G. Moschytz, Practical Fast 1-D DCT Algorithms with 11
 * Multiplications, ICASSP 1989), to the bit what the JDK's reader, libjpeg-turbo and Pillow compute.
 *
 * <p>A reduced block has the means of 2 by 2, 4 by 4 or 8 by 8 samples ({@code jidctred}): adding the outputs of the
 * transform in pairs leaves fewer terms than computing all of them.
 */
final class InverseTransform {

    private static final int BITS = 13;
    /** Digits behind the point that are kept between the two passes. */
    private static final int EXTRA = 2;

    /** What the second pass shifts away: a factor of 8 belongs to the transform. */
    private static final int DOWN = BITS + EXTRA + 3;

    private static final int ROUND = 1 << DOWN - 1;

    private static final int SIDE = 8;
    private static final int GREY = 128;
    /** The Independent JPEG Group's library looks samples up by ten bits, those with vector instructions do not. */
    private static final int LOWEST = GREY - 512;

    private static final int HIGHEST = GREY + 511;

    private static final int F_0_211 = fixed(0.211164243);
    private static final int F_0_298 = fixed(0.298631336);
    private static final int F_0_390 = fixed(0.390180644);
    private static final int F_0_509 = fixed(0.509795579);
    private static final int F_0_541 = fixed(0.541196100);
    private static final int F_0_601 = fixed(0.601344887);
    private static final int F_0_720 = fixed(0.720959822);
    private static final int F_0_765 = fixed(0.765366865);
    private static final int F_0_850 = fixed(0.850430095);
    private static final int F_0_899 = fixed(0.899976223);
    private static final int F_1_061 = fixed(1.061594337);
    private static final int F_1_175 = fixed(1.175875602);
    private static final int F_1_272 = fixed(1.272758580);
    private static final int F_1_451 = fixed(1.451774981);
    private static final int F_1_501 = fixed(1.501321110);
    private static final int F_1_847 = fixed(1.847759065);
    private static final int F_1_961 = fixed(1.961570560);
    private static final int F_2_053 = fixed(2.053119869);
    private static final int F_2_172 = fixed(2.172734803);
    private static final int F_2_562 = fixed(2.562915447);
    private static final int F_3_072 = fixed(3.072711026);
    private static final int F_3_624 = fixed(3.624509785);

    private final int[] work = new int[SIDE * SIDE];
    private boolean beyond;

    private static int fixed(double value) {
        return (int) (value * (1 << BITS) + 0.5);
    }

    /**
     * Computes a block of {@code size} by {@code size} samples and clears the coefficients.
     *
     * @param block the coefficients in rows
     * @param columns see {@link CoefficientReader#block}; 0 if there is only the first coefficient
     * @param size 8, 4, 2 or 1
     * @param at of the first sample in {@code out}
     * @param stride from row to row
     */
    void apply(int[] block, int columns, int size, byte[] out, int at, int stride) {
        if (columns == 0 || size == 1) {
            byte mean = sample((block[0] + (1 << EXTRA)) >> EXTRA + 1);
            for (int y = 0; y < size; y++) {
                Arrays.fill(out, at + y * stride, at + y * stride + size, mean);
            }
            block[0] = 0;
            if (columns != 0) {
                Arrays.fill(block, 0);
            }
            return;
        }
        switch (size) {
            case 8 -> whole(block, columns, out, at, stride);
            case 4 -> half(block, out, at, stride);
            default -> quarter(block, out, at, stride);
        }
        Arrays.fill(block, 0);
    }

    private void whole(int[] block, int columns, byte[] out, int at, int stride) {
        int[] w = work;
        for (int c = 0; c < SIDE; c++) {
            if ((columns >> c & 1) == 0) {
                int dc = block[c] << EXTRA;
                for (int r = 0; r < SIDE * SIDE; r += SIDE) {
                    w[r + c] = dc;
                }
                continue;
            }
            int z2 = block[16 + c];
            int z3 = block[48 + c];
            int z1 = (z2 + z3) * F_0_541;
            int even2 = z1 - z3 * F_1_847;
            int even3 = z1 + z2 * F_0_765;
            int even0 = block[c] + block[32 + c] << BITS;
            int even1 = block[c] - block[32 + c] << BITS;
            int a0 = even0 + even3 + (1 << BITS - EXTRA - 1);
            int a3 = even0 - even3 + (1 << BITS - EXTRA - 1);
            int a1 = even1 + even2 + (1 << BITS - EXTRA - 1);
            int a2 = even1 - even2 + (1 << BITS - EXTRA - 1);

            int t0 = block[56 + c];
            int t1 = block[40 + c];
            int t2 = block[24 + c];
            int t3 = block[8 + c];
            int y5 = (t0 + t2 + t1 + t3) * F_1_175;
            int y1 = -(t0 + t3) * F_0_899;
            int y2 = -(t1 + t2) * F_2_562;
            int y3 = -(t0 + t2) * F_1_961 + y5;
            int y4 = -(t1 + t3) * F_0_390 + y5;
            t0 = t0 * F_0_298 + y1 + y3;
            t1 = t1 * F_2_053 + y2 + y4;
            t2 = t2 * F_3_072 + y2 + y3;
            t3 = t3 * F_1_501 + y1 + y4;

            w[c] = a0 + t3 >> BITS - EXTRA;
            w[56 + c] = a0 - t3 >> BITS - EXTRA;
            w[8 + c] = a1 + t2 >> BITS - EXTRA;
            w[48 + c] = a1 - t2 >> BITS - EXTRA;
            w[16 + c] = a2 + t1 >> BITS - EXTRA;
            w[40 + c] = a2 - t1 >> BITS - EXTRA;
            w[24 + c] = a3 + t0 >> BITS - EXTRA;
            w[32 + c] = a3 - t0 >> BITS - EXTRA;
        }
        for (int r = 0; r < SIDE * SIDE; r += SIDE, at += stride) {
            int z2 = w[r + 2];
            int z3 = w[r + 6];
            int z1 = (z2 + z3) * F_0_541;
            int even2 = z1 - z3 * F_1_847;
            int even3 = z1 + z2 * F_0_765;
            int even0 = w[r] + w[r + 4] << BITS;
            int even1 = w[r] - w[r + 4] << BITS;
            int a0 = even0 + even3 + ROUND;
            int a3 = even0 - even3 + ROUND;
            int a1 = even1 + even2 + ROUND;
            int a2 = even1 - even2 + ROUND;

            int t0 = w[r + 7];
            int t1 = w[r + 5];
            int t2 = w[r + 3];
            int t3 = w[r + 1];
            int y5 = (t0 + t2 + t1 + t3) * F_1_175;
            int y1 = -(t0 + t3) * F_0_899;
            int y2 = -(t1 + t2) * F_2_562;
            int y3 = -(t0 + t2) * F_1_961 + y5;
            int y4 = -(t1 + t3) * F_0_390 + y5;
            t0 = t0 * F_0_298 + y1 + y3;
            t1 = t1 * F_2_053 + y2 + y4;
            t2 = t2 * F_3_072 + y2 + y3;
            t3 = t3 * F_1_501 + y1 + y4;

            out[at] = sample(a0 + t3 >> DOWN);
            out[at + 7] = sample(a0 - t3 >> DOWN);
            out[at + 1] = sample(a1 + t2 >> DOWN);
            out[at + 6] = sample(a1 - t2 >> DOWN);
            out[at + 2] = sample(a2 + t1 >> DOWN);
            out[at + 5] = sample(a2 - t1 >> DOWN);
            out[at + 3] = sample(a3 + t0 >> DOWN);
            out[at + 4] = sample(a3 - t0 >> DOWN);
        }
    }

    private void half(int[] block, byte[] out, int at, int stride) {
        int[] w = work;
        for (int c = 0; c < SIDE; c++) {
            if (c == 4) {
                continue;
            }
            int even = block[c] << BITS + 1;
            int odd = block[16 + c] * F_1_847 - block[48 + c] * F_0_765;
            int round = 1 << BITS - EXTRA;
            int a0 = even + odd + round;
            int a1 = even - odd + round;
            int z1 = block[56 + c];
            int z2 = block[40 + c];
            int z3 = block[24 + c];
            int z4 = block[8 + c];
            int b1 = -z1 * F_0_211 + z2 * F_1_451 - z3 * F_2_172 + z4 * F_1_061;
            int b0 = -z1 * F_0_509 - z2 * F_0_601 + z3 * F_0_899 + z4 * F_2_562;
            w[c] = a0 + b0 >> BITS - EXTRA + 1;
            w[24 + c] = a0 - b0 >> BITS - EXTRA + 1;
            w[8 + c] = a1 + b1 >> BITS - EXTRA + 1;
            w[16 + c] = a1 - b1 >> BITS - EXTRA + 1;
        }
        for (int r = 0; r < 4 * SIDE; r += SIDE, at += stride) {
            int even = w[r] << BITS + 1;
            int odd = w[r + 2] * F_1_847 - w[r + 6] * F_0_765;
            int a0 = even + odd + 2 * ROUND;
            int a1 = even - odd + 2 * ROUND;
            int z1 = w[r + 7];
            int z2 = w[r + 5];
            int z3 = w[r + 3];
            int z4 = w[r + 1];
            int b1 = -z1 * F_0_211 + z2 * F_1_451 - z3 * F_2_172 + z4 * F_1_061;
            int b0 = -z1 * F_0_509 - z2 * F_0_601 + z3 * F_0_899 + z4 * F_2_562;
            out[at] = sample(a0 + b0 >> DOWN + 1);
            out[at + 3] = sample(a0 - b0 >> DOWN + 1);
            out[at + 1] = sample(a1 + b1 >> DOWN + 1);
            out[at + 2] = sample(a1 - b1 >> DOWN + 1);
        }
    }

    private void quarter(int[] block, byte[] out, int at, int stride) {
        int[] w = work;
        for (int c = 0; c < SIDE; c++) {
            if (c == 2 || c == 4 || c == 6) {
                continue;
            }
            int even = (block[c] << BITS + 2) + (1 << BITS - EXTRA + 1);
            int odd = odd(block[56 + c], block[40 + c], block[24 + c], block[8 + c]);
            w[c] = even + odd >> BITS - EXTRA + 2;
            w[8 + c] = even - odd >> BITS - EXTRA + 2;
        }
        for (int r = 0; r < 2 * SIDE; r += SIDE, at += stride) {
            int even = (w[r] << BITS + 2) + 4 * ROUND;
            int odd = odd(w[r + 7], w[r + 5], w[r + 3], w[r + 1]);
            out[at] = sample(even + odd >> DOWN + 2);
            out[at + 1] = sample(even - odd >> DOWN + 2);
        }
    }

    private static int odd(int z7, int z5, int z3, int z1) {
        return -z7 * F_0_720 + z5 * F_0_850 - z3 * F_1_272 + z1 * F_3_624;
    }

    private byte sample(int value) {
        int sample = value + GREY;
        if ((sample & ~0xff) == 0) { // most are
            return (byte) sample;
        }
        beyond |= sample < LOWEST || sample > HIGHEST;
        return Rgb.clamp(sample);
    }

    /** Whether there were samples so far from [0, 255] that other decoders differ in what they make of them. */
    boolean isBeyond() {
        return beyond;
    }
}
