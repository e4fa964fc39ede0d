package io.github.multilabel.data.augment;

import io.github.multilabel.core.image.Pixels;
import java.util.SplittableRandom;

/**
 * Changes brightness, contrast, saturation and hue by factors of its own for each picture, in an order of its own:
 * torchvision's {@code ColorJitter}. Use it where colours do not tell the answer.
 *
 * <p>Immutable; threads may share it.
 */
public final class ColorJitter implements AugmentationStep {

    private static final double LARGEST = 100;

    private final Range brightness;
    private final Range contrast;
    private final Range saturation;
    private final Range hue;

    private ColorJitter(Range brightness, Range contrast, Range saturation, Range hue) {
        this.brightness = brightness;
        this.contrast = contrast;
        this.saturation = saturation;
        this.hue = hue;
    }

    /**
     * Sets how far each may go; 0 leaves it alone, at no cost.
     *
     * @param brightness factors are drawn from [max(0, 1 - brightness), 1 + brightness]; in [0, 100]
     * @param contrast as brightness
     * @param saturation as brightness
     * @param hue shifts are drawn from [-hue, hue]; in [0, 0.5], where 0.5 is any colour
     * @throws IllegalArgumentException if one is outside its range
     */
    public static ColorJitter of(double brightness, double contrast, double saturation, double hue) {
        if (!(hue >= 0 && hue <= 0.5)) {
            throw new IllegalArgumentException("ColorJitter: hue " + hue + " is outside [0, 0.5]");
        }
        return new ColorJitter(
                around("brightness", brightness),
                around("contrast", contrast),
                around("saturation", saturation),
                new Range(-hue, hue));
    }

    private static Range around(String what, double reach) {
        if (!(reach >= 0 && reach <= LARGEST)) {
            throw new IllegalArgumentException("ColorJitter: " + what + " " + reach + " is outside [0, 100]");
        }
        return new Range(Math.max(0, 1 - reach), 1 + reach);
    }

    @Override
    public Pixels apply(Pixels image, Draw draw) {
        SplittableRandom random = draw.random();
        byte[] rgb = image.rgb().clone();
        for (int change : Chance.order(4, random)) {
            switch (change) {
                case 0 -> brighten(rgb, random);
                case 1 -> contrast(rgb, random);
                case 2 -> saturate(rgb, random);
                default -> shift(rgb, random);
            }
        }
        return new Pixels(image.height(), image.width(), rgb);
    }

    private void brighten(byte[] rgb, SplittableRandom random) {
        if (!brightness.isPoint()) {
            Tables.apply(rgb, Tables.blend(0, brightness.draw(random)));
        }
    }

    private void contrast(byte[] rgb, SplittableRandom random) {
        if (!contrast.isPoint()) {
            Tables.apply(rgb, Tables.blend(Colors.meanGray(rgb), contrast.draw(random)));
        }
    }

    private void saturate(byte[] rgb, SplittableRandom random) {
        if (!saturation.isPoint()) {
            Colors.saturate(rgb, saturation.draw(random));
        }
    }

    private void shift(byte[] rgb, SplittableRandom random) {
        if (!hue.isPoint()) {
            Hue.shift(rgb, hue.draw(random));
        }
    }

    @Override
    public String describe() {
        return "ColorJitter(brightness=" + brightness + ", contrast=" + contrast + ", saturation=" + saturation
                + ", hue=" + hue + ")";
    }

    @Override
    public String toString() {
        return describe();
    }
}
