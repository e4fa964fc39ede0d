package io.github.multilabel.training.metrics;

import io.github.multilabel.core.Head;
import java.util.List;
import java.util.function.Function;

/**
 * How well a head answers of which any number of categories apply; a category is predicted where its probability is
 * over 0.5.
 *
 * @param head see {@link HeadMetrics#head}
 * @param loss see {@link HeadMetrics#loss}
 * @param accuracy the share of labelled images whose whole set of categories is right
 * @param support see {@link HeadMetrics#support}
 * @param categories see {@link HeadMetrics#categories}
 */
public record MultiLabelMetrics(Head head, double loss, double accuracy, long support, List<CategoryMetrics> categories)
        implements HeadMetrics {

    /** Copies the list. */
    public MultiLabelMetrics {
        categories = List.copyOf(categories);
    }

    /** The share of single yes-or-no answers that are right, 0..1: 1 minus the Hamming loss; NaN if none. */
    public double answerAccuracy() {
        long wrong = categories.stream()
                .mapToLong(c -> c.support() + c.predicted() - 2 * c.truePositives())
                .sum();
        long answers = support * head.size();
        return CategoryMetrics.ratio(answers - wrong, answers);
    }

    @Override
    public <R> R when(Function<SingleLabelMetrics, R> single, Function<MultiLabelMetrics, R> multi) {
        return multi.apply(this);
    }

    @Override
    public String toString() {
        return Tables.row(this);
    }
}
