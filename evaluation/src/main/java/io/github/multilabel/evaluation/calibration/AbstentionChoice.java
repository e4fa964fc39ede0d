package io.github.multilabel.evaluation.calibration;

import java.util.Locale;

/**
 * From which probability on a head answers, and what that is worth on labelled images: those by which it was chosen, or
 * others ({@link AbstentionFit#measure}). Immutable.
 *
 * @param wished the precision that was wished, in (0, 1)
 * @param threshold the least probability of an answer
 * @param precision the fraction of the answers that is right; above what was wished where it was chosen, since few
 *     answers say little; NaN without answers
 * @param leastPrecision the lower end of the one-sided interval of 95 % of the precision, by Clopper and Pearson; NaN
 *     without answers
 * @param answers how many answers are given
 * @param coverage the fraction of the images that is answered; NaN without images
 */
public record AbstentionChoice(
        double wished, double threshold, double precision, double leastPrecision, int answers, double coverage) {

    /** One line that says what was chosen and what it is worth. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "unknown below %.3f: right for %s of %,d answers, at least %s (wished %s), answered for %s of the images",
                threshold,
                number(precision),
                answers,
                number(leastPrecision),
                wished,
                number(coverage));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%.3f", value);
    }
}
