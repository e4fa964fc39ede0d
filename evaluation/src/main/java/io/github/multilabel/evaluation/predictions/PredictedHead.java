package io.github.multilabel.evaluation.predictions;

import io.github.multilabel.core.Head;
import java.util.function.Function;

/**
 * What one head says of each image, and what is right. {@link #when} tells the kinds of heads apart:
 *
 * <pre>{@code
 * long tags = predictions.head("tags").when(single -> 0L, multi -> multi.head().size());
 * }</pre>
 *
 * <p>Any number of threads may read it.
 */
public sealed interface PredictedHead permits HeadColumns {

    /** The head with its categories. */
    Head head();

    /** The number of images, labelled or not. */
    int size();

    /** The logit of a category, finite. */
    float logit(int row, int category);

    /**
     * Copies the logits of an image, which is faster than one after the other.
     *
     * @param target has a place for each category
     * @throws IllegalArgumentException if it has more or fewer
     */
    void logits(int row, float[] target);

    /**
     * Copies the logits of some categories that follow each other.
     *
     * @param first the category that comes first; as many as there is room for are copied
     * @throws IndexOutOfBoundsException if there are fewer
     */
    void logits(int row, int first, float[] target);

    /**
     * The probabilities of an image, computed in float64 as predictors do: by softmax of a single-label head, by
     * sigmoid of each category of a multi-label head.
     *
     * @return of each category, in the order of the head; a new array
     */
    double[] probabilities(int row);

    /** Whether it is unknown what is right. */
    boolean isMissing(int row);

    /** Whether a category is right for an image; false if the label is missing. */
    boolean isRight(int row, int category);

    /** The number of images whose label is known. */
    int support();

    /**
     * Applies the function for the kind of this head.
     *
     * @return the result of the function
     */
    <R> R when(Function<SingleLabelPredictions, R> single, Function<MultiLabelPredictions, R> multi);
}
