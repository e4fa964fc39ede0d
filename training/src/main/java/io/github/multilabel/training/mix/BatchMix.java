package io.github.multilabel.training.mix;

import java.util.SplittableRandom;

/**
 * How training images are blended, each with another of its batch:
 *
 * <pre>{@code
 * builder.optBatchMix(BatchMix.either(BatchMix.mixUp(0.2), BatchMix.cutMix(1)));
 * }</pre>
 *
 * <p>The loss of a head is {@code fraction * loss(own labels) + (1 - fraction) * loss(labels of the other)}, which for
 * cross entropies is that of the blended targets. Each part has its own missing labels: an image whose own label is
 * missing learns from the other's alone. Training metrics count against the labels of the image with the greater
 * fraction.
 *
 * <p>What is drawn depends on seed, epoch and batch only, so that a resumed training draws the same.
 *
 * <p>Immutable; threads may share it.
 */
@FunctionalInterface
public interface BatchMix {

    /**
     * Draws for one batch.
     *
     * @param random to draw from
     * @param images in the batch, at least 1
     * @param height of the images in pixels
     * @param width of the images in pixels
     */
    MixDraw draw(SplittableRandom random, int images, int height, int width);

    /**
     * The text by which a checkpoint knows the mix: a training is only resumed with a mix of the same text. Override it
     * in a mix of your own that has settings.
     */
    default String describe() {
        return "of one's own";
    }

    /**
     * The weighted mean of two images (MixUp, Zhang et al. 2018), as torchvision's {@code MixUp}; one fraction per
     * batch.
     *
     * @param alpha above 0: the fraction is drawn from Beta(alpha, alpha); 0.2 keeps most images almost whole
     * @throws IllegalArgumentException if alpha is outside its range
     */
    static BatchMix mixUp(double alpha) {
        Beta beta = new Beta(alpha);
        return new NamedBatchMix("MixUp with alpha " + alpha, (random, images, height, width) -> {
            double fraction = beta.draw(random);
            return MixDraw.blended(fraction, MixDraw.permutation(random, images));
        });
    }

    /**
     * A rectangle of another image (CutMix, Yun et al. 2019), as torchvision's {@code CutMix}; one rectangle per batch.
     * The fraction is that of the pixels that stay.
     *
     * @param alpha above 0: the fraction is drawn from Beta(alpha, alpha), before the rectangle is cut at the borders;
     *     1 is usual
     * @throws IllegalArgumentException if alpha is outside its range
     */
    static BatchMix cutMix(double alpha) {
        Beta beta = new Beta(alpha);
        return new NamedBatchMix("CutMix with alpha " + alpha, (random, images, height, width) -> {
            double half = 0.5 * Math.sqrt(1 - beta.draw(random));
            int x = random.nextInt(width);
            int y = random.nextInt(height);
            int dx = (int) (half * width);
            int dy = (int) (half * height);
            return MixDraw.cut(
                    Math.max(x - dx, 0),
                    Math.max(y - dy, 0),
                    Math.min(x + dx, width),
                    Math.min(y + dy, height),
                    height,
                    width,
                    MixDraw.permutation(random, images));
        });
    }

    /** One or the other for each batch, with equal chance. */
    static BatchMix either(BatchMix one, BatchMix other) {
        BatchMix drawn = (random, images, height, width) ->
                (random.nextBoolean() ? one : other).draw(random, images, height, width);
        return new NamedBatchMix("either " + one.describe() + " or " + other.describe(), drawn);
    }
}
