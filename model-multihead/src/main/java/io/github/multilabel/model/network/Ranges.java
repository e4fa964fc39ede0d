package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;

/** What the numbers and inputs of operations must be; descriptions come from files, too. */
final class Ranges {

    static final int MOST_CHANNELS = 1 << 16;
    private static final int MOST_PIXELS = 1 << 8;
    private static final int MAP_AXES = 3;

    private Ranges() {}

    static void channels(String what, int value) {
        within(what, value, 1, MOST_CHANNELS);
    }

    /** The square window of a convolution or a pooling. */
    static void window(int kernel, int stride, int padding, int dilation) {
        within("kernel", kernel, 1, MOST_PIXELS);
        within("stride", stride, 1, MOST_PIXELS);
        within("padding", padding, 0, MOST_PIXELS);
        within("dilation", dilation, 1, MOST_PIXELS);
    }

    private static void within(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " " + value + " is outside [" + least + ", " + most + "]");
        }
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

    /** The shape after a window has slid over maps. */
    static Shape slide(Shape maps, int channels, int kernel, int stride, int padding, int dilation) {
        long[] size = new long[2];
        for (int i = 0; i < size.length; i++) {
            long room = maps.get(i + 1) + 2L * padding - (long) dilation * (kernel - 1) - 1;
            if (room < 0) {
                throw new IllegalArgumentException("a kernel of " + kernel + " does not fit into maps " + maps
                        + " padded by " + padding + "; the image is too small");
            }
            size[i] = room / stride + 1;
        }
        return new Shape(channels, size[0], size[1]);
    }
}
