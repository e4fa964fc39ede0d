package io.github.multilabel.data.augment;

import io.github.multilabel.core.image.Pixels;

/**
 * Mirrors a picture at times: torchvision's {@code RandomHorizontalFlip}.
 *
 * @param p how often, in [0, 1]
 */
public record RandomHorizontalFlip(double p) implements AugmentationStep {

    /** @throws IllegalArgumentException if the probability is outside [0, 1] */
    public RandomHorizontalFlip {
        Chance.require("RandomHorizontalFlip", p);
    }

    /** Mirrors with a probability, 0.5 in torchvision. */
    public static RandomHorizontalFlip of(double p) {
        return new RandomHorizontalFlip(p);
    }

    @Override
    public Pixels apply(Pixels image, Draw draw) {
        return Chance.happens(p, draw.random()) ? image.mirrored() : image;
    }

    @Override
    public String describe() {
        return "RandomHorizontalFlip(p=" + p + ")";
    }

    @Override
    public String toString() {
        return describe();
    }
}
