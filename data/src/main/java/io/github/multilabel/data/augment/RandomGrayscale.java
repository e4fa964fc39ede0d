package io.github.multilabel.data.augment;

import io.github.multilabel.core.image.Pixels;

/**
 * Takes the colours away at times: torchvision's {@code RandomGrayscale}.
 *
 * @param p how often, in [0, 1]
 */
public record RandomGrayscale(double p) implements AugmentationStep {

    /** @throws IllegalArgumentException if the probability is outside [0, 1] */
    public RandomGrayscale {
        Chance.require("RandomGrayscale", p);
    }

    /** Takes the colours away with a probability, 0.1 in torchvision. */
    public static RandomGrayscale of(double p) {
        return new RandomGrayscale(p);
    }

    @Override
    public Pixels apply(Pixels image, Draw draw) {
        return Chance.happens(p, draw.random()) ? Colors.grayscale(image) : image;
    }

    @Override
    public String describe() {
        return "RandomGrayscale(p=" + p + ")";
    }

    @Override
    public String toString() {
        return describe();
    }
}
