package io.github.multilabel.training.metrics;

import io.github.multilabel.core.Head;
import java.util.List;
import java.util.function.Function;

/**
 * How well a head answers of which any number of categories apply; a category applies where its probability is over
 * 0.5.
 */
public final class MultiLabelMetrics implements HeadMetrics {

    private final Head head;
    private final double loss;
    private final long support;
    private final long right;
    private final List<CategoryMetrics> categories;

    MultiLabelMetrics(Head head, double loss, long support, long right, List<CategoryMetrics> categories) {
        this.head = head;
        this.loss = loss;
        this.support = support;
        this.right = right;
        this.categories = List.copyOf(categories);
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
    public Head head() {
        return head;
    }

    @Override
    public double loss() {
        return loss;
    }

    @Override
    public double accuracy() {
        return CategoryMetrics.ratio(right, support);
    }

    @Override
    public long support() {
        return support;
    }

    @Override
    public List<CategoryMetrics> categories() {
        return categories;
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
