package io.github.multilabel.evaluation.calibration;

import io.github.multilabel.evaluation.internal.CertainPrecision;
import java.util.List;
import java.util.Optional;

/**
 * Chooses from which probability on a head answers, so that its answers are right with a wished precision on other
 * images too: the more answers, the better, among thresholds that labelled images show to keep it. They are tested one
 * after the other from a quarter, a half, three quarters and all of the answers downwards, each way until one is not
 * shown to keep it any more (Angelopoulos et al. 2021, arXiv 2110.01052, fixed sequences). Each of the four ways may
 * err in one of 80 cases, so that all together do so in one of 20 at most, however many thresholds are looked at.
 */
public final class AbstentionFit {

    private static final int WAYS = 4;
    /** Of a probability: other batches round logits in other ways. */
    private static final double ROUNDING = 1e-4;

    private AbstentionFit() {}

    /**
     * Chooses.
     *
     * @param probabilities of the best category of each labelled image, in [0, 1]
     * @param right whether it is right
     * @param precision the wished fraction of right answers, in (0, 1)
     * @return empty if no threshold is shown to keep it, as with too few images
     * @throws IllegalArgumentException if a number is outside its range, or the arrays differ in length
     */
    public static Optional<AbstentionChoice> choose(double[] probabilities, boolean[] right, double precision) {
        CertainPrecision wished = new CertainPrecision(precision, right.length, CertainPrecision.LUCK / WAYS);
        List<RiskCoverage.Point> points = RiskCoverage.of(probabilities, right).points();
        int chosen = -1;
        for (int way = 1; way <= WAYS; way++) {
            for (int at = first(points, (double) way / WAYS); at < points.size(); at++) {
                RiskCoverage.Point point = points.get(at);
                if (!wished.isShownBy(point.right(), point.answers())) {
                    break;
                }
                chosen = Math.max(chosen, at);
            }
        }
        if (chosen < 0) {
            return Optional.empty();
        }
        RiskCoverage.Point last = points.get(chosen);
        double next = chosen + 1 < points.size() ? points.get(chosen + 1).threshold() : 0;
        double threshold = Math.max(last.threshold() * (1 - ROUNDING), (last.threshold() + next) / 2);
        return Optional.of(choice(last, threshold, precision));
    }

    /**
     * What a threshold is worth on labelled images, such as others than those by which it was chosen.
     *
     * @param probabilities of the best category of each labelled image, in [0, 1]
     * @param right whether it is right
     * @param threshold the least probability of an answer
     * @param precision the wished fraction of right answers
     * @throws IllegalArgumentException if a probability is outside its range, or the arrays differ in length
     */
    public static AbstentionChoice measure(
            double[] probabilities, boolean[] right, double threshold, double precision) {
        Answers.require(probabilities, right);
        int answers = 0;
        int rightOnes = 0;
        for (int i = 0; i < right.length; i++) {
            if (probabilities[i] >= threshold) {
                answers++;
                rightOnes += right[i] ? 1 : 0;
            }
        }
        return new AbstentionChoice(
                precision,
                threshold,
                (double) rightOnes / answers, // 0 / 0 is undefined
                answers == 0 ? Double.NaN : CertainPrecision.least(rightOnes, answers),
                answers,
                (double) answers / right.length);
    }

    private static int first(List<RiskCoverage.Point> points, double coverage) {
        int at = 0;
        while (at < points.size() && points.get(at).coverage() < coverage) {
            at++;
        }
        return at;
    }

    private static AbstentionChoice choice(RiskCoverage.Point point, double threshold, double precision) {
        return new AbstentionChoice(
                precision,
                threshold,
                1 - point.risk(),
                CertainPrecision.least(point.right(), point.answers()),
                point.answers(),
                point.coverage());
    }
}
