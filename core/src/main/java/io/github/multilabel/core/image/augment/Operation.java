package io.github.multilabel.core.image.augment;

import io.github.multilabel.core.image.Pixels;
import java.util.SplittableRandom;

/** What RandAugment and TrivialAugmentWide choose from: torchvision's {@code _apply_op}, in the order of its spaces. */
enum Operation {
    IDENTITY(false) {
        @Override
        Pixels apply(Pixels image, double magnitude, int fill) {
            return image;
        }
    },
    SHEAR_X(true) {
        @Override
        Pixels apply(Pixels image, double magnitude, int fill) {
            return Geometry.shearX(image, magnitude, fill);
        }
    },
    SHEAR_Y(true) {
        @Override
        Pixels apply(Pixels image, double magnitude, int fill) {
            return Geometry.shearY(image, magnitude, fill);
        }
    },
    TRANSLATE_X(true) {
        @Override
        Pixels apply(Pixels image, double magnitude, int fill) {
            return Geometry.translateX(image, (int) magnitude, fill);
        }
    },
    TRANSLATE_Y(true) {
        @Override
        Pixels apply(Pixels image, double magnitude, int fill) {
            return Geometry.translateY(image, (int) magnitude, fill);
        }
    },
    ROTATE(true) {
        @Override
        Pixels apply(Pixels image, double magnitude, int fill) {
            return Geometry.rotate(image, magnitude, fill);
        }
    },
    BRIGHTNESS(true) {
        @Override
        Pixels apply(Pixels image, double magnitude, int fill) {
            return Colors.brightness(image, 1 + magnitude);
        }
    },
    COLOR(true) {
        @Override
        Pixels apply(Pixels image, double magnitude, int fill) {
            return Colors.saturation(image, 1 + magnitude);
        }
    },
    CONTRAST(true) {
        @Override
        Pixels apply(Pixels image, double magnitude, int fill) {
            return Colors.contrast(image, 1 + magnitude);
        }
    },
    SHARPNESS(true) {
        @Override
        Pixels apply(Pixels image, double magnitude, int fill) {
            return Filters.sharpness(image, 1 + magnitude);
        }
    },
    POSTERIZE(false) {
        @Override
        Pixels apply(Pixels image, double magnitude, int fill) {
            return Colors.posterize(image, (int) magnitude);
        }
    },
    SOLARIZE(false) {
        @Override
        Pixels apply(Pixels image, double magnitude, int fill) {
            return Colors.solarize(image, magnitude);
        }
    },
    AUTO_CONTRAST(false) {
        @Override
        Pixels apply(Pixels image, double magnitude, int fill) {
            return Colors.autocontrast(image);
        }
    },
    EQUALIZE(false) {
        @Override
        Pixels apply(Pixels image, double magnitude, int fill) {
            return Colors.equalize(image);
        }
    };

    /** The number of magnitudes, from the mildest, 0, to the strongest. */
    static final int BINS = 31;

    private static final Operation[] ALL = values();

    private final boolean signed;

    Operation(boolean signed) {
        this.signed = signed;
    }

    static Operation draw(SplittableRandom random) {
        return ALL[random.nextInt(ALL.length)];
    }

    /**
     * Does it with a magnitude as strong as the policy means by its number; where there are two directions, in either.
     *
     * @param bin in [0, {@value #BINS})
     * @param strongest what the largest number means
     */
    Pixels apply(Pixels image, int bin, Strengths strongest, int fill, SplittableRandom random) {
        double share = bin / (BINS - 1.0);
        double magnitude =
                switch (this) {
                    case POSTERIZE -> 8 - Math.rint(share * strongest.lostBits());
                    case SOLARIZE -> 255 * (1 - share);
                    case SHEAR_X, SHEAR_Y -> share * strongest.shear();
                    case TRANSLATE_X -> share * strongest.translate(image.width());
                    case TRANSLATE_Y -> share * strongest.translate(image.height());
                    case ROTATE -> share * strongest.degrees();
                    case BRIGHTNESS, COLOR, CONTRAST, SHARPNESS -> share * strongest.enhancement();
                    case IDENTITY, AUTO_CONTRAST, EQUALIZE -> 0;
                };
        return apply(image, signed && random.nextBoolean() ? -magnitude : magnitude, fill);
    }

    abstract Pixels apply(Pixels image, double magnitude, int fill);
}
