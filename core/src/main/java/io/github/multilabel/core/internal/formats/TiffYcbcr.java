package io.github.multilabel.core.internal.formats;

/**
 * Turns the luma and chroma of a TIFF into colours (TIFF 6.0, sections 20 and 21).
 *
 * @param weights of red, green and blue in luma
 * @param reference the codes of black and white of luma, and of no and of most colour of either chroma
 */
@SuppressWarnings("ArrayRecordComponent")
record TiffYcbcr(double[] weights, double[] reference) {

    private static final int COEFFICIENTS = 0x211;
    private static final int REFERENCE = 0x214;
    private static final double[] USUAL_WEIGHTS = {0.299, 0.587, 0.114};
    private static final double[] FULL_RANGE = {0, 255, 128, 255, 128, 255};
    private static final int WHITE = 255;
    private static final int MOST_CHROMA = 127;

    static TiffYcbcr of(TiffTags tags) throws Defect {
        double[] weights = tags.has(COEFFICIENTS) ? tags.fractions(COEFFICIENTS) : USUAL_WEIGHTS;
        double[] reference = tags.has(REFERENCE) ? tags.fractions(REFERENCE) : FULL_RANGE;
        if (weights.length != USUAL_WEIGHTS.length || reference.length != FULL_RANGE.length || !(weights[1] > 0)) {
            throw Defect.damaged(ImageFormat.TIFF, "it does not say what its luma and chroma mean", null);
        }
        return new TiffYcbcr(weights, reference);
    }

    void write(int luma, int cb, int cr, byte[] rgb, int at) {
        double y = scaled(luma, 0, WHITE);
        double blue = scaled(cb, 2, MOST_CHROMA) * (2 - 2 * weights[2]);
        double red = scaled(cr, 4, MOST_CHROMA) * (2 - 2 * weights[0]);
        rgb[at] = clamped(y + red);
        rgb[at + 1] = clamped(y - (weights[0] * red + weights[2] * blue) / weights[1]);
        rgb[at + 2] = clamped(y + blue);
    }

    private double scaled(int code, int of, int most) {
        double range = reference[of + 1] - reference[of];
        return (code - reference[of]) * most / (range == 0 ? 1 : range);
    }

    private static byte clamped(double value) {
        return (byte) Math.max(0, Math.min(WHITE, Math.rint(value)));
    }
}
