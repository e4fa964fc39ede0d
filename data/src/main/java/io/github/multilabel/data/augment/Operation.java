package io.github.multilabel.data.augment;

import io.github.multilabel.core.image.Pixels;
import java.util.SplittableRandom;

/** What RandAugment and TrivialAugmentWide choose from: torchvision's {@code _apply_op}, in the order of its spaces. */
enum Operation {
    IDENTITY(false, (image, magnitude, fill) -> image),
    SHEAR_X(true, Geometry::shearX),
    SHEAR_Y(true, Geometry::shearY),
    TRANSLATE_X(true, (image, magnitude, fill) -> Geometry.translateX(image, (int) magnitude, fill)),
    TRANSLATE_Y(true, (image, magnitude, fill) -> Geometry.translateY(image, (int) magnitude, fill)),
    ROTATE(true, Geometry::rotate),
    BRIGHTNESS(true, (image, magnitude, fill) -> Colors.brightness(image, 1 + magnitude)),
    COLOR(true, (image, magnitude, fill) -> Colors.saturation(image, 1 + magnitude)),
    CONTRAST(true, (image, magnitude, fill) -> Colors.contrast(image, 1 + magnitude)),
    SHARPNESS(true, (image, magnitude, fill) -> Filters.sharpness(image, 1 + magnitude)),
    POSTERIZE(false, (image, magnitude, fill) -> Colors.posterize(image, (int) magnitude)),
    SOLARIZE(false, (image, magnitude, fill) -> Colors.solarize(image, magnitude)),
    AUTO_CONTRAST(false, (image, magnitude, fill) -> Colors.autocontrast(image)),
    EQUALIZE(false, (image, magnitude, fill) -> Colors.equalize(image));

    /** The number of magnitudes, from the mildest, 0, to the strongest. */
    static final int BINS = 31;

    private static final Operation[] ALL = values();

    private final boolean signed;
    private final Change change;

    /** @param signed whether the magnitude is taken in one of two directions, at random */
    Operation(boolean signed, Change change) {
        this.signed = signed;
        this.change = change;
    }

    private interface Change {
        Pixels apply(Pixels image, double magnitude, int fill);
    }

    static Operation draw(SplittableRandom random) {
        return ALL[random.nextInt(ALL.length)];
    }

    /**
     * Does it, in either direction where there are two.
     *
     * @param bin how strongly, in [0, {@value #BINS})
     * @param strongest what the largest number means
     */
    Pixels apply(Pixels image, int bin, Strengths strongest, int fill, SplittableRandom random) {
        double magnitude = magnitude(image, bin / (BINS - 1.0), strongest);
        return change.apply(image, signed && random.nextBoolean() ? -magnitude : magnitude, fill);
    }

    private double magnitude(Pixels image, double fraction, Strengths strongest) {
        return switch (this) {
            case POSTERIZE -> 8 - Math.rint(fraction * strongest.lostBits());
            case SOLARIZE -> 255 * (1 - fraction);
            case SHEAR_X, SHEAR_Y -> fraction * strongest.shear();
            case TRANSLATE_X -> fraction * strongest.translate(image.width());
            case TRANSLATE_Y -> fraction * strongest.translate(image.height());
            case ROTATE -> fraction * strongest.degrees();
            case BRIGHTNESS, COLOR, CONTRAST, SHARPNESS -> fraction * strongest.enhancement();
            case IDENTITY, AUTO_CONTRAST, EQUALIZE -> 0;
        };
    }
}
