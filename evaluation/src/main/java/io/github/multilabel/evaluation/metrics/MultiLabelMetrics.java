package io.github.multilabel.evaluation.metrics;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.LabelCounts;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.internal.counts.HeadCounts;
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

    static MultiLabelMetrics of(HeadCounts.Tags counts) {
        Head head = counts.head();
        List<CategoryMetrics> categories = IntStream.range(0, head.size())
                .mapToObj(k ->
                        CategoryMetrics.of(head.category(k), counts.categories().get(k)))
                .toList();
        long wrong = categories.stream()
                .mapToLong(c -> c.support() + c.predicted() - 2 * c.truePositives())
                .sum();
        long answers = counts.support() * head.size();
        boolean known = counts.unanswered() == 0;
        return new MultiLabelMetrics(
                head,
                counts.loss(),
                HeadSummary.of(counts.accuracy(), counts.support(), counts.unanswered(), categories),
                known ? CategoryMetrics.ratio(answers - wrong, answers) : Double.NaN,
                known
                        ? categories
                        : categories.stream().map(CategoryMetrics::undefined).toList());
    }

    static MultiLabelMetrics ofRightAnswers(Head head, double loss, List<Labels> known) {
        LabelCounts images = LabelCounts.of(head, known);
        List<HeadCounts.Tag> tags = IntStream.range(0, head.size())
                .mapToObj(k -> new HeadCounts.Tag(images.of(k), images.of(k), images.of(k)))
                .toList();
        double accuracy = known.isEmpty() ? Double.NaN : 1;
        return of(new HeadCounts.Tags(head, loss, accuracy, known.size(), 0, tags));
    }

    static MultiLabelMetrics of(Head head, double loss, HeadSummary summary, double answerAccuracy) {
        return new MultiLabelMetrics(head, loss, summary, answerAccuracy, null);
    }

    /** The share of single yes-or-no answers that are right, 0..1: 1 minus the Hamming loss; NaN if none. */
    public double answerAccuracy() {
        return answerAccuracy;
    }

    @Override
    HeadCounts counts() {
        return isDetailed()
                ? new HeadCounts.Tags(
                        head(),
                        loss(),
                        accuracy(),
                        support(),
                        unanswered(),
                        categories().stream()
                                .map(c -> new HeadCounts.Tag(c.truePositives(), c.support(), c.predicted()))
                                .toList())
                : summary().counts(head(), loss(), answerAccuracy);
    }

    @Override
    public <R> R when(Function<SingleLabelMetrics, R> single, Function<MultiLabelMetrics, R> multi) {
        return multi.apply(this);
    }
}
