package io.github.multilabel.evaluation.scoring;

import java.util.Locale;

/**
 * A number, and between which bounds it could as well have been with other images.
 *
 * @param value the number for the images that there are; NaN if it is undefined
 * @param low the lower bound; NaN if none is known
 * @param high the upper bound; NaN if none is known
 */
public record Interval(double value, double low, double high) {

    /** For example {@code 0.912 [0.900, 0.930]}; {@code n/a} where a number is undefined. */
    @Override
    public String toString() {
        return number(value) + " [" + number(low) + ", " + number(high) + "]";
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%.3f", value);
    }
}
