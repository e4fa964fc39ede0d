package io.github.multilabel.evaluation.comparison;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's correction (1979) of p-values of tests of which there are many, so that some are small by chance: as
 * statsmodels' {@code multipletests(p, method="holm")}.
 */
final class Holm {

    private Holm() {}

    /**
     * Corrects p-values.
     *
     * @param p of each test; NaN of one that was not made, which does not count
     * @return the smallest level at which each test rejects while the chance of any false rejection is below it; NaN
     *     where the value is
     */
    static double[] corrected(double... p) {
        double[] corrected = new double[p.length];
        Arrays.fill(corrected, Double.NaN);
        int[] ascending = IntStream.range(0, p.length)
                .filter(i -> !Double.isNaN(p[i]))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(i -> i)
                .toArray();
        double least = 0;
        for (int place = 0; place < ascending.length; place++) {
            least = Math.max(least, Math.min(1, (ascending.length - place) * p[ascending[place]]));
            corrected[ascending[place]] = least;
        }
        return corrected;
    }
}
