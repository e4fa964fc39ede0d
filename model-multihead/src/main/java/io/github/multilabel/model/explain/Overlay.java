package io.github.multilabel.model.explain;

import io.github.multilabel.core.image.Pixels;
import java.util.function.IntFunction;

/** Lays colours over a photo, which is grey below them so that its own colours do not mean heat. */
final class Overlay {

    private static final double RED = 0.299;
    private static final double GREEN = 0.587;
    private static final double BLUE = 0.114;

    private Overlay() {}

    /** @param colours red, green, blue and opacity, each 0 to 1, of a pixel by its position, row after row */
    static Pixels draw(Pixels photo, IntFunction<float[]> colours) {
        byte[] rgb = new byte[photo.rgb().length];
        for (int y = 0; y < photo.height(); y++) {
            for (int x = 0; x < photo.width(); x++) {
                int pixel = y * photo.width() + x;
                double grey = RED * photo.get(y, x, 0) + GREEN * photo.get(y, x, 1) + BLUE * photo.get(y, x, 2);
                float[] colour = colours.apply(pixel);
                for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
                    double value = (1 - colour[3]) * grey + colour[3] * 255 * colour[channel];
                    rgb[pixel * Pixels.CHANNELS + channel] = (byte) Math.round(value);
                }
            }
        }
        return new Pixels(photo.height(), photo.width(), rgb);
    }
}
