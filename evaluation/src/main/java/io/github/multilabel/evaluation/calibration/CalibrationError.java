package io.github.multilabel.evaluation.calibration;

import java.util.Locale;

/**
 * How far probabilities are from how often answers are right, by {@value ReliabilityCurve#BINS} bins. Immutable.
 *
 * @param equalMass the expected calibration error by bins of equally many answers; NaN without answers
 * @param equalWidth the same by bins of equal width
 * @param maximum the largest distance of a bin of equally many answers
 */
public record CalibrationError(double equalMass, double equalWidth, double maximum) {

    /**
     * Measures it.
     *
     * @param probabilities of the answers, in [0, 1]
     * @param right whether each is right
     * @throws IllegalArgumentException if a probability is outside its range, or the arrays differ in length
     */
    public static CalibrationError of(double[] probabilities, boolean[] right) {
        return of(
                ReliabilityCurve.equalMass(probabilities, right, ReliabilityCurve.BINS),
                ReliabilityCurve.equalWidth(probabilities, right, ReliabilityCurve.BINS));
    }

    /**
     * Reads it from two curves of the same answers.
     *
     * @param mass by bins of about equally many answers
     * @param width by bins of equal width
     */
    public static CalibrationError of(ReliabilityCurve mass, ReliabilityCurve width) {
        return new CalibrationError(mass.expectedError(), width.expectedError(), mass.maximumError());
    }

    /** For example {@code 0.101 (bins of equal width: 0.099)}; {@code n/a} where it is not defined. */
    @Override
    public String toString() {
        return Double.isNaN(equalMass)
                ? "n/a"
                : String.format(Locale.ROOT, "%.3f (bins of equal width: %.3f)", equalMass, equalWidth);
    }
}
