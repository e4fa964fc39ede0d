package io.github.multilabel.core.internal;

/** What a stored sample, with or without alpha, is as one of eight bits. */
public final class Samples {

    /** The brightest sample of eight bits, and the alpha of what is opaque. */
    public static final int WHITE = 255;

    private Samples() {}

    /** A sample of so many bits as one of eight: the upper bits of longer ones, and shorter ones spread over all. */
    public static int eightBits(int sample, int bits) {
        return bits >= 8 ? sample >> bits - 8 : sample * WHITE / ((1 << bits) - 1);
    }

    /** What is seen of a colour before a white wall. */
    public static byte onWhite(int sample, int alpha) {
        return (byte) (alpha == WHITE ? sample : (sample * alpha + WHITE * (WHITE - alpha) + WHITE / 2) / WHITE);
    }

    /** The same for a colour that was multiplied by its alpha before. */
    public static byte addedToWhite(int sample, int alpha) {
        return (byte) Math.min(WHITE, sample + WHITE - alpha);
    }
}
