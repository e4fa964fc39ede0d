package io.github.multilabel.evaluation.metrics;

import io.github.multilabel.core.Head;
import java.util.List;
import java.util.function.Function;

/**
 * The metrics of one head over the images that are labelled for it. Metrics that only one kind of head has are in
 * {@link SingleLabelHeadMetrics} and {@link MultiLabelHeadMetrics}; {@link #when} tells the two apart:
 *
 * <pre>{@code
 * long[][] confusion = evaluation.head("brand").when(SingleLabelHeadMetrics::confusion, tags -> new long[0][0]);
 * }</pre>
 *
 * <p>Immutable; threads may share it.
 */
public sealed interface HeadMetrics permits MeasuredHead {

    /** The head with its categories. */
    Head head();

    /**
     * The mean loss over the labelled images, not over batches; with class weights and label smoothing if the model is
     * evaluated while it is trained with them. NaN if {@link #support} is 0.
     */
    double loss();

    /**
     * The accuracy: the number of labelled images that are predicted correctly, divided by {@link #support}. An image
     * of a multi-label head is predicted correctly if its whole set of categories is. Equals scikit-learn's
     * {@code accuracy_score} for both kinds of heads.
     *
     * @return 0..1; NaN if {@link #support} is 0 or {@link #nonFinite} is not
     */
    double accuracy();

    /** The number of labelled images. */
    long support();

    /**
     * The number of labelled images with logits that are NaN or infinite, because the weights of the model are not
     * finite or are huge. If it is above 0, all metrics that depend on predictions are NaN.
     */
    long nonFinite();

    /**
     * The metrics of each category, in the order of the head.
     *
     * @throws IllegalStateException unless {@link #isDetailed}
     */
    List<CategoryMetrics> categories();

    /**
     * Whether the metrics of each category are known. False only in the history of a training, for heads with many
     * categories, in epochs that are neither the best nor the last: of these only loss, accuracy and averages are kept.
     */
    boolean isDetailed();

    /**
     * Applies the function for the kind of this head.
     *
     * @param single applied to the metrics of a single-label head
     * @param multi applied to the metrics of a multi-label head
     * @return the result of the function
     */
    <R> R when(Function<SingleLabelHeadMetrics, R> single, Function<MultiLabelHeadMetrics, R> multi);

    /**
     * The metrics of one category.
     *
     * @param name of a category of the head
     * @throws IllegalArgumentException if the head has no such category; the message names similar ones
     * @throws IllegalStateException unless {@link #isDetailed}
     */
    default CategoryMetrics category(String name) {
        return categories().get(head().indexOf(name));
    }

    /**
     * The unweighted mean over the categories that have images or were predicted, scikit-learn's
     * {@code average="macro"}. Rare categories count as much as frequent ones.
     */
    Averages macro();

    /**
     * The mean over the categories weighted by their {@link CategoryMetrics#support}, scikit-learn's
     * {@code "weighted"}.
     */
    Averages weighted();

    /**
     * Over the decisions of all categories together, scikit-learn's {@code "micro"}. Of a single-label head all three
     * numbers are the accuracy; of a multi-label head precision is NaN if no tag was predicted, recall if no image has
     * one, where scikit-learn says 0.
     *
     * @throws IllegalStateException unless {@link #isDetailed}
     */
    default Averages micro() {
        return nonFinite() == 0 ? Averages.micro(categories()) : Averages.UNDEFINED;
    }
}
