package io.github.multilabel.evaluation.metrics;

import io.github.multilabel.core.Head;
import java.util.List;
import java.util.function.Function;

/**
 * How well one head answers. Only labelled images count. What is the same for both kinds is here, {@link #when} gives
 * the rest:
 *
 * <pre>{@code
 * long[][] confusion = evaluation.head("brand").when(SingleLabelHeadMetrics::confusion, tags -> new long[0][0]);
 * }</pre>
 *
 * <p>Immutable; threads may share them.
 */
public sealed interface HeadMetrics permits MeasuredHead {

    /** The question. */
    Head head();

    /** The mean loss over all labelled images, with class weights if the model was trained with them; NaN if none. */
    double loss();

    /**
     * The share of labelled images that are answered rightly, 0..1; NaN if {@link #support} is 0. In a multi-label head
     * an answer is right if the whole set of categories is (scikit-learn's {@code accuracy_score}). NaN also if the
     * model left an image {@link #unanswered}.
     */
    double accuracy();

    /** The number of labelled images. */
    long support();

    /**
     * The number of labelled images that the model did not answer: its logits were NaN or beyond all numbers, because
     * its weights are not finite or are huge. If there are any, all that is made of answers is NaN.
     */
    long unanswered();

    /**
     * The categories in the order of the head.
     *
     * @throws IllegalStateException unless {@link #isDetailed}
     */
    List<CategoryMetrics> categories();

    /**
     * Whether the numbers of each category are known. False only for a head of many categories in the history of a
     * training, in an epoch that is neither its best nor its last: of these only loss, accuracy and averages are kept.
     */
    boolean isDetailed();

    /** The answer by kind. */
    <R> R when(Function<SingleLabelHeadMetrics, R> single, Function<MultiLabelHeadMetrics, R> multi);

    /**
     * One category by name.
     *
     * @throws IllegalArgumentException if the head has no such category; the message names those that are near
     * @throws IllegalStateException unless {@link #isDetailed}
     */
    default CategoryMetrics category(String name) {
        return categories().get(head().indexOf(name));
    }

    /** The plain mean over the categories that occur: that have images or were predicted. */
    Averages macro();

    /** The mean over the categories, each weighted by its support. */
    Averages weighted();
}
