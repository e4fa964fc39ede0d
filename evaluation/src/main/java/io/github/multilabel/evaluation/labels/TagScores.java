package io.github.multilabel.evaluation.labels;

import io.github.multilabel.evaluation.predictions.MultiLabelPredictions;
import java.util.Arrays;

/** How sure a model is that the tags of an image are as its label says: cleanlab's {@code MultilabelScorer}. */
final class TagScores {

    /** How much the next lower probability counts, against all before. */
    private static final double ALPHA = 0.8;

    private TagScores() {}

    /** In [0, 1]. */
    static double selfConfidence(MultiLabelPredictions head, int row) {
        double[] scores = new double[head.head().size()];
        for (int k = 0; k < scores.length; k++) {
            scores[k] = ofTag(head, row, k);
        }
        Arrays.sort(scores);
        double average = scores[scores.length - 1];
        for (int k = scores.length - 2; k >= 0; k--) {
            average = ALPHA * scores[k] + (1 - ALPHA) * average;
        }
        return average;
    }

    /** The probability that one tag is there, or is not, as the label says. */
    static double ofTag(MultiLabelPredictions head, int row, int tag) {
        double yes = head.probability(row, tag);
        return head.isRight(row, tag) ? yes : 1 - yes;
    }
}
