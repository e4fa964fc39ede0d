package io.github.multilabel.evaluation.comparison;

import java.util.Locale;

/**
 * McNemar's test (1947) whether A and B are right equally often, of images for which just one of them is right. It is
 * the exact one, however many these are: if neither is better, {@code onlyA} is as the number of heads of {@code onlyA
 * + onlyB} throws of a coin. Equals {@code scipy.stats.binomtest(onlyA, onlyA + onlyB)} and the
 * {@code mcnemar(exact=True)} of statsmodels.
 *
 * @param onlyA the number of images for which A alone is right
 * @param onlyB the number of images for which B alone is right
 * @param p the two-sided p-value, 0..1: how often as many or more would fall to one side if neither were better; NaN if
 *     no image is labelled, or if images belong together in groups, which this test does not know how to count
 */
public record McNemar(long onlyA, long onlyB, double p) {

    /** Terms of a sum that are smaller than this part of it do not change it. */
    private static final double NEGLIGIBLE = 1e-17;

    static McNemar of(long onlyA, long onlyB) {
        return new McNemar(onlyA, onlyB, exact(Math.min(onlyA, onlyB), onlyA + onlyB));
    }

    static McNemar undefined(long onlyA, long onlyB) {
        return new McNemar(onlyA, onlyB, Double.NaN);
    }

    /** Twice the probability of so few heads or fewer in all throws, by the sum of the binomial distribution. */
    private static double exact(long fewer, long all) {
        double log = -all * Math.log(2);
        for (long i = 1; i <= fewer; i++) {
            log += Math.log((double) (all - fewer + i) / i);
        }
        double term = Math.exp(log);
        double sum = 0;
        for (long i = fewer; i >= 0 && term > sum * NEGLIGIBLE; i--) {
            sum += term;
            term *= (double) i / (all - i + 1);
        }
        return Math.min(1, 2 * sum);
    }

    /** For example {@code A alone is right for 31 images, B alone for 52: p = 0.0274}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "A alone is right for %,d image%s, B alone for %,d: p = %s",
                onlyA,
                onlyA == 1 ? "" : "s",
                onlyB,
                text(p));
    }

    /** Three digits that count; {@code n/a} if it is undefined. */
    static String text(double p) {
        return Double.isNaN(p) ? "n/a" : String.format(Locale.ROOT, p == 0 || p >= 0.001 ? "%.4f" : "%.1e", p);
    }
}
