package io.github.multilabel.data.augment;

import java.util.HexFormat;

/** The colour of what comes from outside an image. */
final class Fill {

    private Fill() {}

    /** For example {@code "fill=#ff8000"}; empty for black, the usual colour. */
    static String describe(int rgb) {
        int colour = rgb & 0xffffff;
        return colour == 0 ? "" : "fill=#" + HexFormat.of().toHexDigits(colour, 6);
    }

    /** The same after other numbers. */
    static String describeAfter(int rgb) {
        String fill = describe(rgb);
        return fill.isEmpty() ? "" : ", " + fill;
    }
}
