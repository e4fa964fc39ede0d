package io.github.multilabel.evaluation.scoring;

import io.github.multilabel.core.Head;
import java.util.List;
import java.util.function.Function;

/**
 * The metrics of a head that need probabilities, over the images that are labelled for it; what follows from answers
 * alone is in {@link PredictionMetrics#evaluation}. {@link #when} tells the kinds of heads apart. Immutable.
 */
public sealed interface HeadScores permits SingleLabelScores, MultiLabelScores {

    /** The head with its categories. */
    Head head();

    /**
     * The Brier score, the mean squared distance of the probabilities from what is right, lower is better. Of a
     * single-label head summed over the categories, 0..2, scikit-learn's {@code brier_score_loss} with
     * {@code scale_by_half=False}; of a multi-label head the mean over its tags, 0..1.
     *
     * @return NaN if no image is labelled
     */
    double brier();

    /**
     * The unweighted means over the categories: of {@link RankMetrics#averagePrecision} the mean average precision
     * (mAP). Each number is averaged over the categories for which it is defined.
     */
    RankMetrics means();

    /** The numbers of each category, in the order of the head; of single-label heads against all others. */
    List<RankMetrics> categories();

    /**
     * Those of one category.
     *
     * @throws IllegalArgumentException if there is no such category; the message names similar ones
     */
    default RankMetrics category(String name) {
        return categories().get(head().indexOf(name));
    }

    /**
     * Applies the function for the kind of this head.
     *
     * @return the result of the function
     */
    <R> R when(Function<SingleLabelScores, R> single, Function<MultiLabelScores, R> multi);
}
