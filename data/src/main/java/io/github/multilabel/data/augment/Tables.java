package io.github.multilabel.data.augment;

import io.github.multilabel.core.image.Pixels;
import java.util.function.IntUnaryOperator;

/** Changes of an image that look at each byte alone: 256 results are computed, and then looked up. */
final class Tables {

    private static final int VALUES = 256;

    private Tables() {}

    /** A table of what a function makes of the values 0 to 255, clipped to these. */
    static byte[] of(IntUnaryOperator function) {
        byte[] table = new byte[VALUES];
        for (int i = 0; i < VALUES; i++) {
            table[i] = clip(function.applyAsInt(i));
        }
        return table;
    }

    /** What Pillow's {@code Image.blend} makes of each value and one grey. */
    static byte[] blend(int grey, double factor) {
        float alpha = (float) factor;
        return of(value -> blend(grey, value, alpha));
    }

    /** Pillow's {@code Image.blend} of two values (Blend.c): computed in 32 bits, cut off. Not clipped yet. */
    static int blend(int from, int to, float alpha) {
        return (int) (from + alpha * (to - from));
    }

    static byte clip(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }

    /** One table for all channels, in place. */
    static void apply(byte[] rgb, byte[] table) {
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = table[rgb[i] & 0xff];
        }
    }

    /** One table for all channels. */
    static Pixels apply(Pixels image, byte[] table) {
        byte[] rgb = image.rgb().clone();
        apply(rgb, table);
        return new Pixels(image.height(), image.width(), rgb);
    }

    /** A table for each channel, made from how often each value occurs in it. */
    static Pixels perChannel(Pixels image, HistogramTable table) {
        byte[] in = image.rgb();
        int[][] histograms = new int[Pixels.CHANNELS][VALUES];
        for (int i = 0; i < in.length; i += Pixels.CHANNELS) {
            histograms[0][in[i] & 0xff]++;
            histograms[1][in[i + 1] & 0xff]++;
            histograms[2][in[i + 2] & 0xff]++;
        }
        byte[][] tables = new byte[Pixels.CHANNELS][];
        for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
            tables[channel] = of(table.of(histograms[channel]));
        }
        byte[] rgb = new byte[in.length];
        for (int i = 0; i < in.length; i += Pixels.CHANNELS) {
            rgb[i] = tables[0][in[i] & 0xff];
            rgb[i + 1] = tables[1][in[i + 1] & 0xff];
            rgb[i + 2] = tables[2][in[i + 2] & 0xff];
        }
        return new Pixels(image.height(), image.width(), rgb);
    }

    /** Finds out what to make of the values of a channel. */
    @FunctionalInterface
    interface HistogramTable {
        IntUnaryOperator of(int[] histogram);
    }
}
