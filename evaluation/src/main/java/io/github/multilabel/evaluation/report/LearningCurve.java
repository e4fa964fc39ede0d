package io.github.multilabel.evaluation.report;

import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.Given;
import java.util.List;

/**
 * One metric over the epochs of a training.
 *
 * @param metric its name, such as {@code loss}
 * @param isShare whether its values are shares in [0, 1], as an accuracy is
 * @param training its value on the training images after each epoch, NaN where it is not known; empty if it never is
 * @param validation its value on the validation images after each epoch, NaN where it is not known; empty if it never
 *     is
 */
public record LearningCurve(String metric, boolean isShare, List<Double> training, List<Double> validation) {

    /** @throws IllegalArgumentException if there are two lists of different lengths, or no value at all */
    public LearningCurve {
        Given.require(metric, "metric", "the name of a metric, such as \"loss\"");
        training = List.copyOf(Given.require(training, "training", "a value for each epoch, or an empty list"));
        validation = List.copyOf(Given.require(validation, "validation", "a value for each epoch, or an empty list"));
        if (training.isEmpty() && validation.isEmpty()
                || !training.isEmpty() && !validation.isEmpty() && training.size() != validation.size()) {
            throw new IllegalArgumentException("learning curve '" + Excerpt.of(metric) + "' has " + training.size()
                    + " values of training and " + validation.size()
                    + " of validation images; it needs one for each epoch, or none of one of them");
        }
    }

    int epochs() {
        return Math.max(training.size(), validation.size());
    }
}
