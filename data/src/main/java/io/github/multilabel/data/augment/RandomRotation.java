package io.github.multilabel.data.augment;

import io.github.multilabel.core.image.Pixels;

/**
 * Turns each picture by an angle of its own: torchvision's {@code RandomRotation} with its nearest neighbours.
 * Immutable; threads may share it.
 */
public final class RandomRotation implements AugmentationStep {

    private final Range degrees;
    private final int fill;

    private RandomRotation(Range degrees, int fill) {
        this.degrees = degrees;
        this.fill = fill;
    }

    /**
     * Turns to either side, and leaves the corners black.
     *
     * @param degrees the most, in [0, 180]
     * @throws IllegalArgumentException if it is outside
     */
    public static RandomRotation of(double degrees) {
        if (!(degrees >= 0 && degrees <= 180)) {
            throw new IllegalArgumentException("RandomRotation: " + degrees + " degrees are outside [0, 180]");
        }
        return new RandomRotation(new Range(-degrees, degrees), 0);
    }

    /** The same with another colour, 0xRRGGBB, in the corners. */
    public RandomRotation withFill(int rgb) {
        return new RandomRotation(degrees, rgb);
    }

    @Override
    public Pixels apply(Pixels image, Draw draw) {
        return Geometry.rotate(image, degrees.draw(draw.random()), fill);
    }

    @Override
    public String describe() {
        return "RandomRotation(degrees=" + degrees + Fill.describeAfter(fill) + ")";
    }

    @Override
    public String toString() {
        return describe();
    }
}
