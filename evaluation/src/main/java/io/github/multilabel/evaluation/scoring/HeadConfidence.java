package io.github.multilabel.evaluation.scoring;

import io.github.multilabel.core.Head;
import io.github.multilabel.evaluation.calibration.AbstentionChoice;
import io.github.multilabel.evaluation.calibration.AbstentionFit;
import io.github.multilabel.evaluation.calibration.CalibrationError;
import io.github.multilabel.evaluation.calibration.ReliabilityCurve;
import io.github.multilabel.evaluation.calibration.RiskCoverage;
import io.github.multilabel.model.heads.HeadThreshold;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whether the probabilities of a head can be trusted: how often it is right where it says how sure it is, and how many
 * mistakes are left if it answers only where it is surest. An answer of a single-label head is its most probable
 * category; of a multi-label head, each tag of each image is an answer, more probable than not or the other way round.
 * Of more than {@value #MOST} decisions on tags, those of every second, third ... image are taken. Immutable.
 *
 * @param head with its categories
 * @param answers how many were looked at
 * @param equalWidth by bins of equal width
 * @param equalMass by bins of about equally many answers
 * @param riskArea the area under the risk-coverage curve, of all its points; NaN without answers
 * @param riskCoverage up to {@value #POINTS} points of the curve, the last of which has all answers
 * @param abstention what the threshold is worth on these images below which the head answers "unknown"; empty if it has
 *     none
 */
public record HeadConfidence(
        Head head,
        int answers,
        ReliabilityCurve equalWidth,
        ReliabilityCurve equalMass,
        double riskArea,
        List<RiskCoverage.Point> riskCoverage,
        Optional<AbstentionChoice> abstention) {

    /** Points of a curve that is kept. */
    public static final int POINTS = 100;

    /** Decisions on tags that are looked at. */
    public static final int MOST = 1 << 20;

    /** Copies the list. */
    public HeadConfidence {
        riskCoverage = List.copyOf(riskCoverage);
    }

    /**
     * Measures it.
     *
     * @param probabilities of the answers; sorted by this, with what is right, since all that follows sorts, and is
     *     fast where it need not
     * @param right whether each is right
     */
    static HeadConfidence of(
            Head head, double[] probabilities, boolean[] right, Optional<HeadThreshold.UnknownBelow> threshold) {
        sort(probabilities, right);
        RiskCoverage curve = RiskCoverage.of(probabilities, right);
        return new HeadConfidence(
                head,
                right.length,
                ReliabilityCurve.equalWidth(probabilities, right, ReliabilityCurve.BINS),
                ReliabilityCurve.equalMass(probabilities, right, ReliabilityCurve.BINS),
                curve.area(),
                curve.thinned(POINTS),
                threshold.map(
                        below -> AbstentionFit.measure(probabilities, right, below.threshold(), below.precision())));
    }

    /** By bits, which are in the order of numbers that are not negative, with what is right as one bit more. */
    private static void sort(double[] probabilities, boolean[] right) {
        long[] keys = new long[right.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = Double.doubleToLongBits(probabilities[i]) << 1 | (right[i] ? 1 : 0);
        }
        Arrays.sort(keys);
        for (int i = 0; i < keys.length; i++) {
            probabilities[i] = Double.longBitsToDouble(keys[i] >>> 1);
            right[i] = (keys[i] & 1) == 1;
        }
    }

    /** How far the probabilities are from how often answers are right. */
    public CalibrationError error() {
        return CalibrationError.of(equalMass, equalWidth);
    }
}
