package io.github.multilabel.core.image;

import io.github.multilabel.core.image.Preprocessing.Interpolation;

/**
 * One side of an image that is resized and laid into the middle of an input.
 *
 * @param length before
 * @param resized after
 * @param from the first pixel of the resized side that is kept
 * @param kept how many are
 * @param pad how many pixels of the input come before them
 * @param size of the input
 */
record Axis(int length, long resized, long from, int kept, int pad, int size) {

    static Axis of(long resized, int length, int size) {
        if (resized < size) {
            return new Axis(length, resized, 0, (int) resized, (int) (size - resized) / 2, size);
        }
        // Python's round(): halves go to the even neighbour
        return new Axis(length, resized, (long) Math.rint((resized - size) / 2.0), size, 0, size);
    }

    /** Where the input begins, as a fraction of the side; below 0 if it is padded. */
    double start() {
        return (double) (from - pad) / resized;
    }

    /** How long the input is, as a fraction of the side. */
    double span() {
        return (double) size / resized;
    }

    Taps taps(Interpolation interpolation) {
        return Taps.of(length, 0, length, resized, from, kept, interpolation);
    }
}
