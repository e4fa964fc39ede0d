package io.github.multilabel.data.augment;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Covers a random rectangle, so that no single part of the picture is all that the model looks at: torchvision's
 * {@code RandomErasing} with the arithmetic of its {@code get_params}. Put it last.
 *
 * <p>It differs in this: torchvision erases after the normalisation, by default to 0. Here pixels are erased before it,
 * to what the normalisation turns into 0, the mean colour of the model's {@link Preprocessing}, as near as a byte comes
 * to it (within 0.009 for ImageNet's statistics). Random values are clipped to bytes, so to about two standard
 * deviations.
 *
 * <p>Immutable; threads may share it.
 */
public final class RandomErasing implements AugmentationStep {

    private static final int TRIES = 10;

    private final double p;
    private final Range scale;
    private final Range ratio;
    private final boolean noise;

    private RandomErasing(double p, Range scale, Range ratio, boolean noise) {
        this.p = p;
        this.scale = scale;
        this.ratio = ratio;
        this.noise = noise;
    }

    /**
     * Erases 2 to 33 % of the area, of a ratio of height to width between 0.3 and 3.3, to the mean colour.
     *
     * @param p how often, in [0, 1]; 0.5 in torchvision
     * @throws IllegalArgumentException if it is outside
     */
    public static RandomErasing of(double p) {
        Chance.require("RandomErasing", p);
        return new RandomErasing(p, new Range(0.02, 0.33), new Range(0.3, 3.3), false);
    }

    /**
     * The same with other sizes.
     *
     * @param min the smallest share of the picture's area, in [0, 1]
     * @param max the largest, in [min, 1]
     */
    public RandomErasing withScale(double min, double max) {
        return new RandomErasing(p, Range.of("RandomErasing: scale", min, max, 0, 1), ratio, noise);
    }

    /** The same with another range of height divided by width, within [0.01, 100]. */
    public RandomErasing withRatio(double min, double max) {
        return new RandomErasing(p, scale, Range.of("RandomErasing: ratio", min, max, 0.01, 100), noise);
    }

    /** The same with a random value for each pixel and channel: torchvision's {@code value="random"}. */
    public RandomErasing withNoise() {
        return new RandomErasing(p, scale, ratio, true);
    }

    @Override
    public Pixels apply(Pixels image, Draw draw) {
        SplittableRandom random = draw.random();
        return Chance.happens(p, random)
                ? part(image.height(), image.width(), random)
                        .map(part -> erased(image, part, draw))
                        .orElse(image)
                : image;
    }

    /** Smaller than the picture in both directions, so that something is left; empty if ten tries give no such part. */
    Optional<Box> part(int height, int width, SplittableRandom random) {
        for (int i = 0; i < TRIES; i++) {
            double area = scale.draw(random) * height * width;
            double aspect = ratio.drawLogarithmic(random);
            int partHeight = (int) Math.rint(Math.sqrt(area * aspect));
            int partWidth = (int) Math.rint(Math.sqrt(area / aspect));
            if (partHeight < height && partWidth < width) {
                int top = random.nextInt(height - partHeight + 1);
                return Optional.of(new Box(top, random.nextInt(width - partWidth + 1), partHeight, partWidth));
            }
        }
        return Optional.empty();
    }

    private Pixels erased(Pixels image, Box part, Draw draw) {
        List<Double> mean = draw.target().mean();
        List<Double> std = draw.target().std();
        byte[] rgb = image.rgb().clone();
        for (int y = part.top(); y < part.top() + part.height(); y++) {
            int i = (y * image.width() + part.left()) * Pixels.CHANNELS;
            for (int x = 0; x < part.width(); x++) {
                for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
                    double deviation = noise ? draw.random().nextGaussian() * std.get(channel) : 0;
                    rgb[i++] = Tables.clip((int) Math.rint((mean.get(channel) + deviation) * 255));
                }
            }
        }
        return new Pixels(image.height(), image.width(), rgb);
    }

    @Override
    public String describe() {
        return "RandomErasing(p=" + p + ", scale=" + scale + ", ratio=" + ratio + ", value="
                + (noise ? "random" : "mean") + ")";
    }

    @Override
    public String toString() {
        return describe();
    }
}
