package io.github.multilabel.data.augment;

import io.github.multilabel.core.image.Pixels;
import java.util.SplittableRandom;

/**
 * One operation of any strength, drawn anew for each picture, and nothing to tune: torchvision's
 * {@code TrivialAugmentWide} with its 14 operations, its 31 magnitudes and nearest neighbours.
 *
 * <p>Immutable; threads may share it.
 *
 * @see <a href="https://arxiv.org/abs/2103.10158">Müller, Hutter: TrivialAugment</a>
 */
public final class TrivialAugmentWide implements AugmentationStep {

    private final int fill;

    private TrivialAugmentWide(int fill) {
        this.fill = fill;
    }

    /** Fills with black what comes from outside the picture. */
    public static TrivialAugmentWide create() {
        return new TrivialAugmentWide(0);
    }

    /** The same with another colour, 0xRRGGBB, for what comes from outside. */
    public TrivialAugmentWide withFill(int rgb) {
        return new TrivialAugmentWide(rgb);
    }

    @Override
    public Pixels apply(Pixels image, Draw draw) {
        SplittableRandom random = draw.random();
        Operation operation = Operation.draw(random);
        return operation.apply(image, random.nextInt(Operation.BINS), Strengths.TRIVIAL_AUGMENT_WIDE, fill, random);
    }

    @Override
    public String describe() {
        return "TrivialAugmentWide(" + Fill.describe(fill) + ")";
    }

    @Override
    public String toString() {
        return describe();
    }
}
