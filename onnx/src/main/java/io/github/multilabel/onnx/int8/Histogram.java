package io.github.multilabel.onnx.int8;

/**
 * How often values of each size occur, in bins of equal width around zero. Whenever a value is larger than all bins,
 * they become twice as wide, so that memory stays the same however many values come.
 */
final class Histogram {

    private static final int BINS = 1 << 13;
    private static final int HALF = BINS / 2;

    private final long[] counts = new long[BINS];
    /** The upper end of the last bin, a power of two; the first begins at its negative. */
    private float limit = Float.MIN_NORMAL;

    private long count;
    private float min;
    private float max;

    /** @throws IllegalArgumentException if a value is not finite */
    void add(float[] values) {
        for (float value : values) {
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        float largest = Math.max(-min, max);
        if (!Float.isFinite(largest)) { // min and max are NaN where a value is
            throw new IllegalArgumentException("a value of the network is not finite");
        }
        while (largest >= limit) {
            widen();
        }
        float perBin = HALF / limit;
        for (float value : values) {
            counts[HALF + (int) Math.floor(value * perBin)]++;
        }
        count += values.length;
    }

    private void widen() {
        long[] wider = new long[BINS];
        for (int i = 0; i < BINS; i++) {
            wider[HALF / 2 + i / 2] += counts[i];
        }
        System.arraycopy(wider, 0, counts, 0, BINS);
        limit *= 2;
    }

    /** The least value, or 0 if none is below. */
    float min() {
        return min;
    }

    /** The largest value, or 0 if none is above. */
    float max() {
        return max;
    }

    /**
     * The range that a fraction of all values lies in, with as many below as above it, and with zero.
     *
     * @param fraction above 0, at most 1
     */
    ActivationRange quantiles(double fraction) {
        long outside = (long) ((1 - fraction) / 2 * count);
        int first = 0;
        for (long below = 0; first < HALF && (below += counts[first]) <= outside; ) {
            first++;
        }
        int last = BINS - 1;
        for (long above = 0; last >= HALF && (above += counts[last]) <= outside; ) {
            last--;
        }
        return new ActivationRange(Math.max(min, edge(first)), Math.min(max, edge(last + 1)));
    }

    private float edge(int bin) {
        return (bin - HALF) * (limit / HALF);
    }

    /** The mean of the squares by which the values differ from what a range keeps of them. */
    double meanSquaredError(ActivationRange range) {
        double sum = 0;
        for (int i = 0; i < BINS; i++) {
            if (counts[i] > 0) {
                float centre = Math.max(min, Math.min(max, (edge(i) + edge(i + 1)) / 2));
                double error = centre - range.kept(centre);
                sum += error * error * counts[i];
            }
        }
        return sum / Math.max(count, 1);
    }
}
