package io.github.multilabel.model.explain;

/** The colours of heat, red, green, blue and opacity, each 0 to 1. */
final class HeatColours {

    private static final float[] UNSEEN = {0, 0, 0, 0.6f};
    private static final float[] COLD = {0.10f, 0.25f, 0.75f};
    private static final float[] WARM = {1, 0.85f, 0.15f};
    private static final float[] HOT = {0.85f, 0.05f, 0.05f};
    private static final float[] FIRST = {1, 0.50f, 0};
    private static final float[] SECOND = {0, 0.40f, 1};
    private static final float[] BOTH = {0.65f, 0, 0.75f};
    private static final float MOST = 0.7f;
    private static final float LEAST = 0.15f;

    private HeatColours() {}

    /** Of a value in [0, 1], or NaN for what is not seen. */
    static float[] of(float heat) {
        if (Float.isNaN(heat)) {
            return UNSEEN;
        }
        float[] colour = heat < 0.5f ? mixed(COLD, WARM, 2 * heat) : mixed(WARM, HOT, 2 * heat - 1);
        return opaque(colour, LEAST + (MOST - LEAST) * heat);
    }

    /** Of two values in [0, 1], or NaN for what is not seen. */
    static float[] ofTwo(float first, float second) {
        if (Float.isNaN(first) || Float.isNaN(second)) {
            return UNSEEN;
        }
        float most = Math.max(first, second);
        float shared = most == 0 ? 0 : Math.min(first, second) / most;
        return opaque(mixed(first >= second ? FIRST : SECOND, BOTH, shared), MOST * most);
    }

    private static float[] mixed(float[] from, float[] to, float share) {
        float[] colour = new float[from.length];
        for (int i = 0; i < colour.length; i++) {
            colour[i] = from[i] + share * (to[i] - from[i]);
        }
        return colour;
    }

    private static float[] opaque(float[] colour, float opacity) {
        return new float[] {colour[0], colour[1], colour[2], opacity};
    }
}
