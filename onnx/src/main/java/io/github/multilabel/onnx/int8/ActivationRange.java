package io.github.multilabel.onnx.int8;

/**
 * The range of a value's numbers that one byte keeps in 256 equal steps, of which one is zero.
 *
 * @param min the least, at most 0
 * @param max the largest, at least 0
 */
record ActivationRange(float min, float max) {

    private static final int STEPS = 255;

    /** Widens the range to zero, which must be kept exactly: maps are padded with it. */
    ActivationRange {
        min = Math.min(min, 0);
        max = Math.max(max, 0);
    }

    /** The width of a step; 1 of a range that is zero alone. */
    float scale() {
        float scale = (max - min) / STEPS;
        return scale > 0 ? scale : 1;
    }

    /** The byte that stands for zero, 0 to 255. */
    int zeroPoint() {
        return (int) Math.rint(-min / scale());
    }

    /** What is kept of a number, as QuantizeLinear and DequantizeLinear of ONNX compute it. */
    float kept(float value) {
        int zero = zeroPoint();
        double step = Math.rint(value / scale()) + zero;
        return (float) (Math.max(0, Math.min(STEPS, step)) - zero) * scale();
    }
}
