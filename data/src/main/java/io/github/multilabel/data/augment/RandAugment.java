package io.github.multilabel.data.augment;

import io.github.multilabel.core.image.Pixels;
import java.util.SplittableRandom;

/**
 * A few operations of one strength, drawn anew for each picture: torchvision's {@code RandAugment} with its 14
 * operations, its 31 magnitudes and nearest neighbours.
 *
 * <p>Immutable; threads may share it.
 *
 * @see <a href="https://arxiv.org/abs/1909.13719">Cubuk, Zoph, Shlens, Le: RandAugment</a>
 */
public final class RandAugment implements AugmentationStep {

    private static final int MOST_OPS = 20;

    private final int numOps;
    private final int magnitude;
    private final int fill;

    private RandAugment(int numOps, int magnitude, int fill) {
        this.numOps = numOps;
        this.magnitude = magnitude;
        this.fill = fill;
    }

    /**
     * Fills with black what comes from outside the picture.
     *
     * @param numOps how many operations, one after the other, in [1, 20]; 2 in torchvision
     * @param magnitude how strong they are, in [0, 30]; 9 in torchvision
     * @throws IllegalArgumentException if one is outside its range
     */
    public static RandAugment of(int numOps, int magnitude) {
        if (numOps < 1 || numOps > MOST_OPS) {
            throw new IllegalArgumentException("RandAugment: " + numOps + " operations are outside [1, 20]");
        }
        if (magnitude < 0 || magnitude >= Operation.BINS) {
            throw new IllegalArgumentException("RandAugment: magnitude " + magnitude + " is outside [0, 30]");
        }
        return new RandAugment(numOps, magnitude, 0);
    }

    /** The same with another colour, 0xRRGGBB, for what comes from outside. */
    public RandAugment withFill(int rgb) {
        return new RandAugment(numOps, magnitude, rgb);
    }

    @Override
    public Pixels apply(Pixels image, Draw draw) {
        SplittableRandom random = draw.random();
        Pixels changed = image;
        for (int i = 0; i < numOps; i++) {
            changed = Operation.draw(random).apply(changed, magnitude, Strengths.RAND_AUGMENT, fill, random);
        }
        return changed;
    }

    @Override
    public String describe() {
        return "RandAugment(numOps=" + numOps + ", magnitude=" + magnitude + Fill.describeAfter(fill) + ")";
    }

    @Override
    public String toString() {
        return describe();
    }
}
