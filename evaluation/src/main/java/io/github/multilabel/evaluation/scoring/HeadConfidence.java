package io.github.multilabel.evaluation.scoring;

import io.github.multilabel.core.Head;
import io.github.multilabel.evaluation.calibration.AbstentionChoice;
import io.github.multilabel.evaluation.calibration.AbstentionFit;
import io.github.multilabel.evaluation.calibration.CalibrationError;
import io.github.multilabel.evaluation.calibration.ReliabilityCurve;
import io.github.multilabel.evaluation.calibration.RiskCoverage;
import io.github.multilabel.evaluation.predictions.MultiLabelPredictions;
import io.github.multilabel.evaluation.predictions.PredictedHead;
import io.github.multilabel.evaluation.predictions.SingleLabelPredictions;
import io.github.multilabel.model.heads.HeadThreshold;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
     * @param thresholds of some heads, see {@code Predictions.thresholds}
     */
    static HeadConfidence of(PredictedHead head, List<HeadThreshold> thresholds) {
        Optional<HeadThreshold> own = thresholds.stream()
                .filter(each -> each.head().equals(head.head().name()))
                .findFirst();
        return head.when(single -> of(single, own), HeadConfidence::of);
    }

    private static HeadConfidence of(SingleLabelPredictions head, Optional<HeadThreshold> threshold) {
        int[] rows = labelled(head);
        double[] probabilities = new double[rows.length];
        boolean[] right = new boolean[rows.length];
        float[] logits = new float[head.head().size()];
        for (int i = 0; i < rows.length; i++) {
            head.logits(rows[i], logits);
            int best = 0;
            for (int k = 1; k < logits.length; k++) {
                best = logits[k] > logits[best] ? k : best;
            }
            double sum = 0;
            for (float logit : logits) {
                sum += Math.exp(logit - (double) logits[best]); // at most 1, so it cannot overflow
            }
            probabilities[i] = 1 / sum;
            right[i] = head.isRight(rows[i], best);
        }
        return of(
                head.head(),
                probabilities,
                right,
                threshold
                        .flatMap(each ->
                                each.<Optional<HeadThreshold.UnknownBelow>>when(Optional::of, tags -> Optional.empty()))
                        .map(below ->
                                AbstentionFit.measure(probabilities, right, below.threshold(), below.precision())));
    }

    private static HeadConfidence of(MultiLabelPredictions head) {
        int tags = head.head().size();
        int[] all = labelled(head);
        int step = (int) Math.max(1, ((long) all.length * tags + MOST - 1) / MOST);
        int[] rows = IntStream.range(0, all.length)
                .filter(i -> i % step == 0)
                .map(i -> all[i])
                .toArray();
        double[] probabilities = new double[rows.length * tags];
        boolean[] right = new boolean[probabilities.length];
        for (int i = 0; i < probabilities.length; i++) {
            int row = rows[i / tags];
            double yes = head.probability(row, i % tags);
            probabilities[i] = Math.max(yes, 1 - yes);
            right[i] = head.isRight(row, i % tags) == yes > 0.5;
        }
        return of(head.head(), probabilities, right, Optional.empty());
    }

    private static HeadConfidence of(
            Head head, double[] probabilities, boolean[] right, Optional<AbstentionChoice> abstention) {
        RiskCoverage curve = RiskCoverage.of(probabilities, right);
        return new HeadConfidence(
                head,
                right.length,
                ReliabilityCurve.equalWidth(probabilities, right, ReliabilityCurve.BINS),
                ReliabilityCurve.equalMass(probabilities, right, ReliabilityCurve.BINS),
                curve.area(),
                curve.thinned(POINTS),
                abstention);
    }

    private static int[] labelled(PredictedHead head) {
        return IntStream.range(0, head.size())
                .filter(row -> !head.isMissing(row))
                .toArray();
    }

    /** How far the probabilities are from how often answers are right. */
    public CalibrationError error() {
        return CalibrationError.of(equalMass, equalWidth);
    }
}
