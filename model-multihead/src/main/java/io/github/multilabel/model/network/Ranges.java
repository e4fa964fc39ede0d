package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;

/** What the numbers and inputs of operations may be; a description can come from a file. */
final class Ranges {

    private static final int MOST_CHANNELS = 1 << 16;
    private static final int MAP_AXES = 3;
    private static final int TOKEN_AXES = 2;

    private Ranges() {}

    static void within(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " " + value + " is outside [" + least + ", " + most + "]");
        }
    }

    static void channels(String what, int value) {
        within(what, value, 1, MOST_CHANNELS);
    }

    static void eps(double eps) {
        if (!(eps > 0 && eps < 1)) {
            throw new IllegalArgumentException("eps " + eps + " is outside (0, 1)");
        }
    }

    /** An input of shape (T, C). */
    static Shape tokens(Shape input) {
        if (input.dimension() != TOKEN_AXES) {
            throw new IllegalArgumentException("needs tokens (T, C), got " + input);
        }
        return input;
    }

    /** An input of any number of axes, the last of a given length. */
    static Shape lastAxis(Shape input, long size) {
        if (input.dimension() == 0 || input.get(input.dimension() - 1) != size) {
            throw new IllegalArgumentException("needs a last axis of " + size + ", got " + input);
        }
        return input;
    }

    /** An input of shape (C, H, W). */
    static Shape maps(Shape input) {
        if (input.dimension() != MAP_AXES) {
            throw new IllegalArgumentException("needs maps (C, H, W), got " + input);
        }
        return input;
    }

    /** An input of shape (C, H, W) with a given C. */
    static Shape maps(Shape input, int channels) {
        if (maps(input).get(0) != channels) {
            throw new IllegalArgumentException("needs maps of " + channels + " channels, got " + input);
        }
        return input;
    }
}
