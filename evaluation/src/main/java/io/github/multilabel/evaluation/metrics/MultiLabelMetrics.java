package io.github.multilabel.evaluation.metrics;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.LabelCounts;
import io.github.multilabel.core.Labels;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How well a head answers of which any number of categories apply; a category is predicted where its probability is
 * over 0.5.
 */
public final class MultiLabelMetrics extends MeasuredHead {

    private final double answerAccuracy;

    private MultiLabelMetrics(
            Head head, double loss, HeadSummary summary, double answerAccuracy, List<CategoryMetrics> categories) {
        super(head, loss, summary, categories);
        this.answerAccuracy = answerAccuracy;
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
        LabelCounts images = LabelCounts.of(head, known);
        List<CategoryMetrics> categories = IntStream.range(0, head.size())
                .mapToObj(k -> CategoryMetrics.of(head.category(k), images.of(k), images.of(k), images.of(k)))
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

    @Override
    public <R> R when(Function<SingleLabelMetrics, R> single, Function<MultiLabelMetrics, R> multi) {
        return multi.apply(this);
    }
}
