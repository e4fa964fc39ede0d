package io.github.multilabel.training.metrics;

import io.github.multilabel.core.Head;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** How well a head answers of which exactly one category applies: all follows from the confusion matrix. */
public final class SingleLabelMetrics implements HeadMetrics {

    private final Head head;
    private final double loss;
    private final long[][] confusion;
    private final List<CategoryMetrics> categories;

    SingleLabelMetrics(Head head, double loss, long[][] confusion) {
        this.head = head;
        this.loss = loss;
        this.confusion = confusion;
        List<CategoryMetrics> all = new ArrayList<>();
        for (int k = 0; k < head.size(); k++) {
            int column = k;
            long predicted =
                    Arrays.stream(confusion).mapToLong(row -> row[column]).sum();
            all.add(CategoryMetrics.of(
                    head.category(k),
                    confusion[k][k],
                    Arrays.stream(confusion[k]).sum(),
                    predicted));
        }
        categories = List.copyOf(all);
    }

    /** Counts of labelled images: {@code [i][j]} have category i and were taken for category j. A copy. */
    public long[][] confusion() {
        return Arrays.stream(confusion).map(long[]::clone).toArray(long[][]::new);
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
        long right = 0;
        for (int k = 0; k < confusion.length; k++) {
            right += confusion[k][k];
        }
        return CategoryMetrics.ratio(right, support());
    }

    @Override
    public long support() {
        return categories.stream().mapToLong(CategoryMetrics::support).sum();
    }

    @Override
    public List<CategoryMetrics> categories() {
        return categories;
    }

    @Override
    public <R> R when(Function<SingleLabelMetrics, R> single, Function<MultiLabelMetrics, R> multi) {
        return single.apply(this);
    }

    @Override
    public String toString() {
        return Tables.row(this);
    }
}
