package io.github.multilabel.training.metrics;

import io.github.multilabel.core.Head;
import java.util.List;
import java.util.function.Function;

/**
 * How well one head answers. Only labelled images count. What is the same for both kinds is here, {@link #when} gives
 * the rest:
 *
 * <pre>{@code
 * long[][] confusion = evaluation.head("brand").when(SingleLabelMetrics::confusion, tags -> new long[0][0]);
 * }</pre>
 */
public sealed interface HeadMetrics permits SingleLabelMetrics, MultiLabelMetrics {

    /** The question. */
    Head head();

    /** The mean loss over all labelled images, with class weights if the model was trained with them; NaN if none. */
    double loss();

    /**
     * The share of labelled images that are answered rightly, 0..1; NaN if {@link #support} is 0. In a multi-label head
     * an answer is right if the whole set of categories is (scikit-learn's {@code accuracy_score}).
     */
    double accuracy();

    /** The number of labelled images. */
    long support();

    /** The categories in the order of the head. */
    List<CategoryMetrics> categories();

    /** The answer by kind. */
    <R> R when(Function<SingleLabelMetrics, R> single, Function<MultiLabelMetrics, R> multi);

    /**
     * One category by name.
     *
     * @throws IllegalArgumentException if the head has no such category; the message names those that are near
     */
    default CategoryMetrics category(String name) {
        return categories().get(head().indexOf(name));
    }

    /** The plain mean over the categories that occur: that have images or were predicted. */
    default Averages macro() {
        return Averages.macro(categories());
    }

    /** The mean over the categories, each weighted by its support. */
    default Averages weighted() {
        return Averages.weighted(categories());
    }
}
