package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;

/** The square window of a convolution or a pooling, and how it slides over maps. */
record Window(int kernel, int stride, int padding, int dilation) {

    private static final int MOST_PIXELS = 1 << 8;

    Window {
        check(kernel, stride, padding, dilation);
    }

    static void check(int kernel, int stride, int padding, int dilation) {
        Ranges.within("kernel", kernel, 1, MOST_PIXELS);
        Ranges.within("stride", stride, 1, MOST_PIXELS);
        Ranges.within("padding", padding, 0, MOST_PIXELS);
        Ranges.within("dilation", dilation, 1, MOST_PIXELS);
    }

    /** (channels, H', W') from maps (C, H, W). */
    Shape over(Shape maps, long channels) {
        return new Shape(channels, positions(maps, 1), positions(maps, 2));
    }

    private long positions(Shape maps, int axis) {
        long room = maps.get(axis) + 2L * padding - (long) dilation * (kernel - 1) - 1;
        if (room < 0) {
            throw new IllegalArgumentException("has a kernel of " + kernel + ", which does not fit into maps " + maps
                    + " padded by " + padding + "; take a larger image");
        }
        return room / stride + 1;
    }
}
