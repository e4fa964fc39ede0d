package io.github.multilabel.evaluation.calibration;

import java.util.Locale;

/**
 * From which probability on a head answers, as chosen on labelled images. Immutable.
 *
 * @param wished the precision that was wished, in (0, 1)
 * @param threshold the least probability of an answer
 * @param precision the fraction of the answers that is right; above what was wished, since few answers say little
 * @param leastPrecision the lower end of the one-sided interval of 95 % of the precision, by Clopper and Pearson
 * @param answers how many answers are given
 * @param coverage the fraction of the images that is answered
 */
public record AbstentionChoice(
        double wished, double threshold, double precision, double leastPrecision, int answers, double coverage) {

    /** One line that says what was chosen and what it is worth. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "unknown below %.3f: right for %.3f of %,d answers, at least %.3f (wished %s), answered for %.3f of the images",
                threshold,
                precision,
                answers,
                leastPrecision,
                wished,
                coverage);
    }
}
