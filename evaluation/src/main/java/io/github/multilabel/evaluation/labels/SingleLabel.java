package io.github.multilabel.evaluation.labels;

import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.labels.LabelIssue.Kind;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.predictions.SingleLabelPredictions;
import java.util.Arrays;
import java.util.List;

/**
 * The labels of a single-label head.
 *
 * @param supports the number of images with each
 * @param minSupport how many a category needs for its labels to be judged
 */
record SingleLabel(Predictions predictions, SingleLabelPredictions head, List<Integer> supports, int minSupport) {

    static SingleLabel of(Predictions predictions, SingleLabelPredictions head, int minSupport) {
        Integer[] supports = new Integer[head.head().size()];
        Arrays.fill(supports, 0);
        for (int row = 0; row < head.size(); row++) {
            if (!head.isMissing(row)) {
                supports[head.label(row)]++;
            }
        }
        return new SingleLabel(predictions, head, List.of(supports), minSupport);
    }

    int support(int category) {
        return supports.get(category);
    }

    /** Whether the label of an image is of a category with too few of them. */
    boolean isRare(int row) {
        return support(head.label(row)) < minSupport;
    }

    /** The probability of the label. */
    double selfConfidence(int row) {
        return head.probabilities(row)[head.label(row)];
    }

    /** @param suggested a category, or {@link Labels#MISSING} if none is known */
    LabelIssue issue(int row, Kind kind, int suggested) {
        double[] probabilities = head.probabilities(row);
        int label = head.label(row);
        double other = 0;
        for (int k = 0; k < probabilities.length; k++) {
            other = k == label ? other : Math.max(other, probabilities[k]);
        }
        boolean isKnown = suggested != Labels.MISSING;
        return new LabelIssue(
                row,
                predictions.source(row),
                head.head(),
                List.of(kind),
                List.of(head.head().category(label)),
                isKnown ? List.of(head.head().category(suggested)) : List.of(),
                probabilities[label],
                probabilities[label] - other,
                isKnown ? probabilities[suggested] : Double.NaN);
    }
}
