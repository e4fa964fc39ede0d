package io.github.multilabel.training.metrics;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.Labels;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How well a head answers of which any number of categories apply; a category is predicted where its probability is
 * over 0.5.
 */
public final class MultiLabelMetrics implements HeadMetrics {

    private final Head head;
    private final double loss;
    private final HeadSummary summary;
    private final double answerAccuracy;
    /** Null if only the summary is known. */
    private final List<CategoryMetrics> categories;

    private MultiLabelMetrics(
            Head head, double loss, HeadSummary summary, double answerAccuracy, List<CategoryMetrics> categories) {
        this.head = head;
        this.loss = loss;
        this.summary = summary;
        this.answerAccuracy = answerAccuracy;
        this.categories = categories;
    }

    static MultiLabelMetrics of(
            Head head, double loss, double accuracy, long support, long unanswered, List<CategoryMetrics> categories) {
        long wrong = categories.stream()
                .mapToLong(c -> c.support() + c.predicted() - 2 * c.truePositives())
                .sum();
        long answers = support * head.size();
        boolean known = unanswered == 0;
        return new MultiLabelMetrics(
                head,
                loss,
                HeadSummary.of(accuracy, support, unanswered, categories),
                known ? CategoryMetrics.ratio(answers - wrong, answers) : Double.NaN,
                known
                        ? List.copyOf(categories)
                        : categories.stream().map(CategoryMetrics::undefined).toList());
    }

    static MultiLabelMetrics ofRightAnswers(Head head, double loss, List<Labels> known) {
        long[] images = new long[head.size()];
        known.forEach(labels -> labels.indices(head.name()).forEach(category -> images[category]++));
        List<CategoryMetrics> categories = IntStream.range(0, images.length)
                .mapToObj(k -> CategoryMetrics.of(head.category(k), images[k], images[k], images[k]))
                .toList();
        return of(head, loss, known.isEmpty() ? Double.NaN : 1, known.size(), 0, categories);
    }

    static MultiLabelMetrics of(Head head, double loss, HeadSummary summary, double answerAccuracy) {
        return new MultiLabelMetrics(head, loss, summary, answerAccuracy, null);
    }

    /** The share of single yes-or-no answers that are right, 0..1: 1 minus the Hamming loss; NaN if none. */
    public double answerAccuracy() {
        return answerAccuracy;
    }

    HeadSummary summary() {
        return summary;
    }

    @Override
    public Head head() {
        return head;
    }

    @Override
    public double loss() {
        return loss;
    }

    /** The share of labelled images whose whole set of categories is right; see {@link HeadMetrics#accuracy}. */
    @Override
    public double accuracy() {
        return summary.accuracy();
    }

    @Override
    public long support() {
        return summary.support();
    }

    @Override
    public long unanswered() {
        return summary.unanswered();
    }

    @Override
    public Averages macro() {
        return summary.macro();
    }

    @Override
    public Averages weighted() {
        return summary.weighted();
    }

    @Override
    public boolean isDetailed() {
        return categories != null;
    }

    @Override
    public List<CategoryMetrics> categories() {
        if (categories == null) {
            throw HeadSummary.forgotten(this);
        }
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
