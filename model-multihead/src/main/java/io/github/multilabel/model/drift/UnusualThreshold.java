package io.github.multilabel.model.drift;

import java.util.Locale;

/**
 * From which distance to usual features on an image counts as unusual, and all heads answer "unknown". Chosen on
 * validation images so that a wished share of these is above it. Immutable.
 *
 * @param distance above which an image is unusual, 0 or more
 * @param rate the share of validation images that are, in (0, 1)
 */
public record UnusualThreshold(double distance, double rate) {

    /** @throws IllegalArgumentException if a number is outside its range */
    public UnusualThreshold {
        if (!(distance >= 0 && distance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "unusual images: the distance " + distance + " must be a finite number, 0 or more");
        }
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException(
                    "unusual images: the rate " + rate + " must be between 0 and 1, e.g. 0.01");
        }
    }

    /** For example {@code unusual above a distance of 1.183, as 0.01 of the validation images are}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "unusual above a distance of %.3f, as %s of the validation images are", distance, rate);
    }
}
