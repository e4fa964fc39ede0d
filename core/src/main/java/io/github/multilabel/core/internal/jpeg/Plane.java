package io.github.multilabel.core.internal.jpeg;

/**
 * The samples of one component, as far as they are needed, and how they become as many as there are pixels.
 *
 * @param height of the whole component, in samples at the reduction
 * @param width of the whole component, in samples at the reduction
 * @param blockSide 8, or less at a reduction
 * @param top the first row that is here
 * @param left the first column that is here
 * @param stride from row to row
 * @param samples the rows that are here
 */
@SuppressWarnings("ArrayRecordComponent") // filled by a scan, never compared
record Plane(int height, int width, int blockSide, int top, int left, int stride, byte[] samples) {

    /** Where a block of the component goes. */
    int indexOfBlock(int row, int column) {
        return (row * blockSide - top) * stride + column * blockSide - left;
    }

    private int row(int y) {
        return (y - top) * stride - left;
    }

    /** One row of as many samples as pixels, from a column on. */
    void row(int y, int from, int count, byte[] out) {
        System.arraycopy(samples, row(y) + from, out, 0, count);
    }

    /** The means of a row and the next one. */
    void meanRow(int y, int from, int count, byte[] out) {
        int upper = row(y) + from;
        for (int i = 0; i < count; i++) {
            out[i] = (byte) ((samples[upper + i] & 0xff) + (samples[upper + stride + i] & 0xff) + 1 >> 1);
        }
    }

    /**
     * One row of a component of half the width, and half the height if {@code tall}: three parts of the nearer sample
     * and one of the farther one in each direction, libjpeg's fancy upsampling. Two columns or less are repeated
     * instead, as there.
     *
     * @param y the row of pixels
     * @param first the first column of samples
     * @param count of the samples
     * @param out two samples for each
     * @param sums room for {@code count + 2}
     */
    void upsampledRow(int y, int first, int count, boolean tall, byte[] out, int[] sums) {
        int nearRow = tall ? y >> 1 : y;
        int near = row(nearRow);
        if (width <= 2) {
            for (int i = 0; i < 2 * count; i++) {
                out[i] = samples[near + first + (i >> 1)];
            }
            return;
        }
        int otherRow = (y & 1) == 0 ? Math.max(0, nearRow - 1) : Math.min(height - 1, nearRow + 1);
        int far = tall ? row(otherRow) : near; // of one row alone, all is four times as large
        for (int i = 0; i < count; i++) {
            sums[i + 1] = sum(near, far, first + i);
        }
        sums[0] = sum(near, far, Math.max(0, first - 1));
        sums[count + 1] = sum(near, far, Math.min(width - 1, first + count));
        int even = tall ? 8 : 4;
        int odd = tall ? 7 : 8;
        for (int i = 0; i < count; i++) {
            int middle = 3 * sums[i + 1];
            out[2 * i] = (byte) (middle + sums[i] + even >> 4);
            out[2 * i + 1] = (byte) (middle + sums[i + 2] + odd >> 4);
        }
    }

    private int sum(int near, int far, int column) {
        return 3 * (samples[near + column] & 0xff) + (samples[far + column] & 0xff);
    }
}
