package io.github.multilabel.data.augment;

import io.github.multilabel.core.image.Pixels;

/**
 * Turns the hue as Pillow does by way of its HSV mode, whose hue and saturation are bytes too: {@code rgb2hsv_row} and
 * {@code hsv2rgb} of Convert.c, with their mixture of float and double, so that the bytes are the same. What takes
 * divisions is looked up: the time of an image is halved by that.
 */
final class Hue {

    private static final int VALUES = 256;

    /** Of red, green or blue as the largest value, and which of the other two is the smallest. */
    private static final int ORDERS = 6;

    /** The hue, by the order of the channels, the largest less the smallest value, the middle less the smallest. */
    private static final byte[] HUES = new byte[ORDERS * VALUES * VALUES];

    /** The saturation, by the largest value and the largest less the smallest. */
    private static final byte[] SATURATIONS = new byte[VALUES * VALUES];

    /** The smallest value of a colour, by its saturation and largest value. */
    private static final byte[] SMALLEST = new byte[VALUES * VALUES];

    static {
        for (int a = 1; a < VALUES; a++) {
            for (int b = 0; b <= a; b++) {
                SATURATIONS[a << 8 | b] = (byte) ((float) b / a * 255.0);
                HUES[place(0, a, b)] = hue(a, b, 0);
                HUES[place(1, a, b)] = hue(a, 0, b);
                HUES[place(2, a, b)] = hue(0, a, b);
                HUES[place(3, a, b)] = hue(b, a, 0);
                HUES[place(4, a, b)] = hue(b, 0, a);
                HUES[place(5, a, b)] = hue(0, b, a);
            }
            for (int value = 0; value < VALUES; value++) {
                SMALLEST[a << 8 | value] = rounded(value * (1.0 - saturation(a)));
            }
        }
    }

    private Hue() {}

    private static int place(int order, int range, int middle) {
        return (order << 8 | range) << 8 | middle;
    }

    private static float saturation(int value) {
        return (float) (value / 255.0);
    }

    private static byte hue(int red, int green, int blue) {
        int max = Math.max(red, Math.max(green, blue));
        float fromRed = (float) (max - red) / max;
        float fromGreen = (float) (max - green) / max;
        float fromBlue = (float) (max - blue) / max;
        float sixths;
        if (red == max) {
            sixths = fromBlue - fromGreen;
        } else if (green == max) {
            sixths = (float) (2.0 + fromRed - fromBlue);
        } else {
            sixths = (float) (4.0 + fromGreen - fromRed);
        }
        double turns = sixths / 6.0 + 1.0;
        return (byte) (int) ((float) (turns >= 1 ? turns - 1 : turns) * 255.0);
    }

    /** In place. */
    static void shift(byte[] rgb, double shift) {
        int turn = (int) (shift * 255);
        int[] sector = new int[VALUES];
        float[] within = new float[VALUES];
        float[] colours = new float[VALUES];
        for (int i = 0; i < VALUES; i++) {
            double turned = (i + turn & 0xff) * 6.0 / 255.0;
            int whole = (int) turned;
            sector[i] = whole % 6;
            within[i] = (float) (turned - whole);
            colours[i] = saturation(i);
        }
        for (int i = 0; i < rgb.length; i += Pixels.CHANNELS) {
            int red = rgb[i] & 0xff;
            int green = rgb[i + 1] & 0xff;
            int blue = rgb[i + 2] & 0xff;
            int max = Math.max(red, Math.max(green, blue));
            int min = Math.min(red, Math.min(green, blue));
            int range = max - min;
            if (range == 0) {
                continue; // grey has no hue
            }
            int saturation = SATURATIONS[max << 8 | range] & 0xff;
            byte v = (byte) max;
            if (saturation == 0) {
                set(rgb, i, v, v, v);
                continue;
            }
            int hue =
                    HUES[place(order(red, green, blue, max, min), range, red + green + blue - max - min - min)] & 0xff;
            byte p = SMALLEST[saturation << 8 | max];
            float colour = colours[saturation];
            float part = within[hue];
            switch (sector[hue]) {
                case 0 -> set(rgb, i, v, rising(max, colour, part), p);
                case 1 -> set(rgb, i, falling(max, colour, part), v, p);
                case 2 -> set(rgb, i, p, v, rising(max, colour, part));
                case 3 -> set(rgb, i, p, falling(max, colour, part), v);
                case 4 -> set(rgb, i, rising(max, colour, part), p, v);
                default -> set(rgb, i, v, p, falling(max, colour, part));
            }
        }
    }

    private static int order(int red, int green, int blue, int max, int min) {
        if (red == max) {
            return blue == min ? 0 : 1;
        }
        if (green == max) {
            return red == min ? 2 : 3;
        }
        return green == min ? 4 : 5;
    }

    private static byte falling(int value, float saturation, float part) {
        return rounded(value * (1.0 - saturation * part));
    }

    private static byte rising(int value, float saturation, float part) {
        return rounded(value * (1.0 - saturation * (1.0 - part)));
    }

    private static byte rounded(double value) {
        return (byte) (int) (value + 0.5);
    }

    private static void set(byte[] rgb, int at, byte red, byte green, byte blue) {
        rgb[at] = red;
        rgb[at + 1] = green;
        rgb[at + 2] = blue;
    }
}
