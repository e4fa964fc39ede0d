package io.github.multilabel.evaluation.mistakes;

import io.github.multilabel.core.Head;
import java.util.List;

/**
 * A labelled image for which a head predicts something else.
 *
 * @param row of the image among the predictions
 * @param source the name of the image
 * @param head that is wrong
 * @param labels the categories that are right: one of a single-label head
 * @param predicted the categories that are predicted: one of a single-label head
 * @param category the category that the model is most sure of and wrong: the predicted one of a single-label head; of a
 *     multi-label head one that is predicted and not right, or right and not predicted
 * @param confidence how sure the model is of that, 0..1: the probability of the predicted category, or of the wrong
 *     decision on the category of a multi-label head
 */
public record Mistake(
        int row,
        String source,
        Head head,
        List<String> labels,
        List<String> predicted,
        String category,
        double confidence) {

    /** Copies the lists. */
    public Mistake {
        labels = List.copyOf(labels);
        predicted = List.copyOf(predicted);
    }
}
