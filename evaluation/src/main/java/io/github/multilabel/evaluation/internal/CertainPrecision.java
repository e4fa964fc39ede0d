package io.github.multilabel.evaluation.internal;

/**
 * Says whether so many right answers of so many make it certain that a fraction of all answers is right: the lower end
 * of the one-sided interval of 95 % by Clopper and Pearson reaches it. That interval is exact for any number of
 * answers. Wilson's, which is narrower, promises too much where nearly all are right, as is wished here: it has 99 %
 * for certain after 268 right answers out of 268, which luck gives once in 15 times and not in 20.
 */
public final class CertainPrecision {

    /** How often luck may pass for precision. */
    public static final double LUCK = 0.05;

    private final double precision;
    private final double luck;
    /** The logarithms of the factorials. */
    private final double[] logFactorial;

    /**
     * Prepares.
     *
     * @param precision in (0, 1)
     * @param most answers that will be asked for
     */
    CertainPrecision(double precision, int most) {
        this(precision, most, LUCK);
    }

    /**
     * Prepares.
     *
     * @param precision in (0, 1)
     * @param most answers that will be asked for
     * @param luck how often luck may pass for precision, such as {@value #LUCK}
     */
    public CertainPrecision(double precision, int most, double luck) {
        if (!(precision > 0 && precision < 1)) {
            throw new IllegalArgumentException("the precision " + precision
                    + " must be between 0 and 1, such as 0.95: nothing makes sure that all answers are right");
        }
        this.precision = precision;
        this.luck = luck;
        logFactorial = new double[most + 1];
        for (int n = 1; n <= most; n++) {
            logFactorial[n] = logFactorial[n - 1] + Math.log(n);
        }
    }

    /** Whether with this precision so many right answers, or more, would be rare. */
    public boolean isShownBy(int right, int answers) {
        // up to the mean the probability is at least a half, and beyond it the terms only fall
        return right > answers * precision && atLeast(right, answers) <= luck;
    }

    /**
     * The highest precision that so many right answers of so many make certain: the lower end of the interval.
     *
     * @param answers at least 1
     */
    public static double least(int right, int answers) {
        double low = 0;
        double high = (double) right / answers;
        for (int halving = 0; halving < 40; halving++) {
            double middle = (low + high) / 2;
            if (new CertainPrecision(middle, answers).isShownBy(right, answers)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The probability of so many right answers or more, as far as it matters. */
    private double atLeast(int right, int answers) {
        double term = Math.exp(logFactorial[answers]
                - logFactorial[right]
                - logFactorial[answers - right]
                + right * Math.log(precision)
                + (answers - right) * Math.log1p(-precision));
        double sum = term;
        for (int k = right; k < answers && sum <= luck && term > sum * Math.ulp(1.0); k++) {
            term *= (double) (answers - k) / (k + 1) * precision / (1 - precision);
            sum += term;
        }
        return sum;
    }
}
