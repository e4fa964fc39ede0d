package io.github.multilabel.evaluation.scoring;

/** The sum of a number of images in each unit, such as their losses. */
final class UnitSums {

    private final double[] sums;

    UnitSums(Units units) {
        sums = new double[units.size()];
    }

    void add(int unit, double number) {
        sums[unit] += number;
    }

    double under(int... weights) {
        double sum = 0;
        for (int unit = 0; unit < sums.length; unit++) {
            sum += weights[unit] * sums[unit];
        }
        return sum;
    }
}
