package io.github.multilabel.data.augment;

/**
 * The strongest magnitudes of a policy: torchvision's {@code _augmentation_space}.
 *
 * @param shear pixels per pixel
 * @param translateFraction of the image's side
 * @param translatePixels beside that fraction
 * @param degrees of rotation
 * @param enhancement how far from 1 the factors of brightness, saturation, contrast and sharpness go
 * @param lostBits by posterizing, of 8
 */
record Strengths(
        double shear,
        double translateFraction,
        double translatePixels,
        double degrees,
        double enhancement,
        int lostBits) {

    static final Strengths RAND_AUGMENT = new Strengths(0.3, 150.0 / 331, 0, 30, 0.9, 4);
    static final Strengths TRIVIAL_AUGMENT_WIDE = new Strengths(0.99, 0, 32, 135, 0.99, 6);

    double translate(int side) {
        return translateFraction * side + translatePixels;
    }
}
