package io.github.multilabel.data.augment;

import java.math.BigDecimal;
import java.util.SplittableRandom;

/** From where to where a number is drawn. */
record Range(double min, double max) {

    /**
     * Checks a range.
     *
     * @param what for the message, such as {@code "RandomResizedCrop: scale"}
     * @param least the smallest number allowed
     * @param most the largest
     * @throws IllegalArgumentException unless least &lt;= min &lt;= max &lt;= most
     */
    static Range of(String what, double min, double max, double least, double most) {
        if (!(least <= min && min <= max && max <= most)) {
            throw new IllegalArgumentException(
                    what + " from " + min + " to " + max + "; needs " + least + " <= min <= max <= " + most);
        }
        return new Range(min, max);
    }

    boolean isPoint() {
        return min == max;
    }

    Range times(double factor) {
        return new Range(min * factor, max * factor);
    }

    double draw(SplittableRandom random) {
        return min + random.nextDouble() * (max - min);
    }

    /** A number whose logarithm is uniform, so that halves are as frequent as doubles. */
    double drawLogarithmic(SplittableRandom random) {
        double low = Math.log(min);
        return Math.exp(low + random.nextDouble() * (Math.log(max) - low));
    }

    @Override
    public String toString() {
        return text(min) + ".." + text(max);
    }

    private static String text(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
