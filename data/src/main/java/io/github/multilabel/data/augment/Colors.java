package io.github.multilabel.data.augment;

import io.github.multilabel.core.image.Pixels;
import java.util.function.IntUnaryOperator;

/**
 * Changes colours and leaves every pixel where it is: the functions that torchvision applies to PIL images, by the same
 * names and with the same arithmetic. The image that is given is never changed.
 *
 * <pre>{@code
 * AugmentationStep dusk = (image, random) -> Colors.brightness(image, 0.4 + 0.6 * random.nextDouble());
 * }</pre>
 *
 * <p>A factor of 1 changes nothing, 0 takes everything away, more than 1 exaggerates.
 */
public final class Colors {

    private static final int SHIFT = 16;

    private Colors() {}

    /**
     * torchvision's {@code adjust_brightness}: 0 is black.
     *
     * @param factor at least 0; 0 is black, 1 the image, 2 twice as bright
     * @throws IllegalArgumentException if the factor is negative or not finite
     */
    public static Pixels brightness(Pixels image, double factor) {
        return Tables.apply(image, Tables.blend(0, factor("brightness", factor)));
    }

    /**
     * torchvision's {@code adjust_contrast}: 0 is the image's mean grey.
     *
     * @param factor at least 0; 0 is grey, 1 the image, 2 twice the contrast
     * @throws IllegalArgumentException if the factor is negative or not finite
     */
    public static Pixels contrast(Pixels image, double factor) {
        return Tables.apply(image, Tables.blend(meanGray(image.rgb()), factor("contrast", factor)));
    }

    /**
     * torchvision's {@code adjust_saturation}: 0 has no colours.
     *
     * @param factor at least 0; 0 is grey, 1 the image, 2 twice as colourful
     * @throws IllegalArgumentException if the factor is negative or not finite
     */
    public static Pixels saturation(Pixels image, double factor) {
        byte[] rgb = image.rgb().clone();
        saturate(rgb, factor("saturation", factor));
        return new Pixels(image.height(), image.width(), rgb);
    }

    /**
     * torchvision's {@code adjust_hue}: turns the circle of colours.
     *
     * @param shift as a fraction of the circle, in [-0.5, 0.5]; 0 changes no hue but rounds colours as Pillow's HSV
     *     does
     * @throws IllegalArgumentException if it is outside
     */
    public static Pixels hue(Pixels image, double shift) {
        if (!(shift >= -0.5 && shift <= 0.5)) {
            throw new IllegalArgumentException("hue: shift " + shift + " is outside [-0.5, 0.5]");
        }
        byte[] rgb = image.rgb().clone();
        Hue.shift(rgb, shift);
        return new Pixels(image.height(), image.width(), rgb);
    }

    /** torchvision's {@code rgb_to_grayscale} with three channels. */
    public static Pixels grayscale(Pixels image) {
        return saturation(image, 0);
    }

    /** torchvision's {@code invert}: the negative. */
    public static Pixels invert(Pixels image) {
        return Tables.apply(image, Tables.of(value -> 255 - value));
    }

    /**
     * torchvision's {@code posterize}: keeps the upper bits of each value.
     *
     * @param bits how many, in [1, 8]
     * @throws IllegalArgumentException if it is outside
     */
    public static Pixels posterize(Pixels image, int bits) {
        if (bits < 1 || bits > 8) {
            throw new IllegalArgumentException("posterize: " + bits + " bits are outside [1, 8]");
        }
        int kept = -(1 << 8 - bits);
        return Tables.apply(image, Tables.of(value -> value & kept));
    }

    /**
     * torchvision's {@code solarize}: inverts what is bright.
     *
     * @param threshold values from this one on are inverted
     */
    public static Pixels solarize(Pixels image, double threshold) {
        return Tables.apply(image, Tables.of(value -> value < threshold ? value : 255 - value));
    }

    /** torchvision's {@code autocontrast}: stretches each channel so that it reaches from 0 to 255. */
    public static Pixels autocontrast(Pixels image) {
        return Tables.perChannel(image, Colors::stretched);
    }

    private static IntUnaryOperator stretched(int[] histogram) {
        int low = 0;
        while (histogram[low] == 0) {
            low++;
        }
        int high = histogram.length - 1;
        while (histogram[high] == 0) {
            high--;
        }
        if (high == low) {
            return IntUnaryOperator.identity();
        }
        double scale = 255.0 / (high - low);
        double offset = -low * scale;
        return value -> (int) (value * scale + offset);
    }

    /** torchvision's {@code equalize}: makes all values of a channel about equally frequent. */
    public static Pixels equalize(Pixels image) {
        return Tables.perChannel(image, Colors::equalized);
    }

    /** {@code ImageOps.equalize}: the last value that occurs is left out of the sum. */
    private static IntUnaryOperator equalized(int[] histogram) {
        int sum = 0;
        int last = 0;
        for (int count : histogram) {
            sum += count;
            last = count == 0 ? last : count;
        }
        int step = (sum - last) / 255;
        if (step == 0) {
            return IntUnaryOperator.identity();
        }
        int[] table = new int[histogram.length];
        int n = step / 2;
        for (int i = 0; i < table.length; i++) {
            table[i] = n / step;
            n += histogram[i];
        }
        return value -> table[value];
    }

    static double factor(String what, double factor) {
        if (!(factor >= 0 && factor < Float.MAX_VALUE)) {
            throw new IllegalArgumentException(what + ": factor " + factor + " must be at least 0, and finite");
        }
        return factor;
    }

    /** Pillow's {@code convert("L")} of one pixel: ITU-R 601-2 in 16 bits behind the point. */
    static int gray(int red, int green, int blue) {
        return red * 19595 + green * 38470 + blue * 7471 + (1 << SHIFT - 1) >> SHIFT;
    }

    /** The mean of the greys, rounded, as {@code ImageEnhance.Contrast} takes it. */
    static int meanGray(byte[] rgb) {
        long sum = 0;
        for (int i = 0; i < rgb.length; i += Pixels.CHANNELS) {
            sum += gray(rgb[i] & 0xff, rgb[i + 1] & 0xff, rgb[i + 2] & 0xff);
        }
        return (int) (sum / (double) (rgb.length / Pixels.CHANNELS) + 0.5);
    }

    /** In place. */
    static void saturate(byte[] rgb, double factor) {
        float alpha = (float) factor;
        for (int i = 0; i < rgb.length; i += Pixels.CHANNELS) {
            int red = rgb[i] & 0xff;
            int green = rgb[i + 1] & 0xff;
            int blue = rgb[i + 2] & 0xff;
            int gray = gray(red, green, blue);
            rgb[i] = Tables.clip(Tables.blend(gray, red, alpha));
            rgb[i + 1] = Tables.clip(Tables.blend(gray, green, alpha));
            rgb[i + 2] = Tables.clip(Tables.blend(gray, blue, alpha));
        }
    }
}
