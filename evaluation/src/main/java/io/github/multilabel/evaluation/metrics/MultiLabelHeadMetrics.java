package io.github.multilabel.evaluation.metrics;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.LabelCounts;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.internal.counts.HeadCounts;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a multi-label head. A category is predicted if its probability is above 0.5.
 *
 * <p>Immutable; threads may share it.
 */
public final class MultiLabelHeadMetrics extends MeasuredHead {

    private final double hammingAccuracy;

    private MultiLabelHeadMetrics(
            Head head,
            double loss,
            HeadSummary summary,
            double hammingAccuracy,
            @Nullable List<CategoryMetrics> categories) {
        super(head, loss, summary, categories);
        this.hammingAccuracy = hammingAccuracy;
    }

    static MultiLabelHeadMetrics of(HeadCounts.Tags counts) {
        Head head = counts.head();
        List<CategoryMetrics> categories = IntStream.range(0, head.size())
                .mapToObj(k ->
                        CategoryMetrics.of(head.category(k), counts.categories().get(k)))
                .toList();
        long wrong = categories.stream()
                .mapToLong(c -> c.support() + c.predicted() - 2 * c.truePositives())
                .sum();
        long decisions = counts.support() * head.size();
        boolean known = counts.nonFinite() == 0;
        return new MultiLabelHeadMetrics(
                head,
                counts.loss(),
                HeadSummary.of(counts.accuracy(), counts.support(), counts.nonFinite(), categories),
                known ? CategoryMetrics.ratio(decisions - wrong, decisions) : Double.NaN,
                known
                        ? categories
                        : categories.stream().map(CategoryMetrics::undefined).toList());
    }

    static MultiLabelHeadMetrics perfect(Head head, double loss, List<Labels> known) {
        LabelCounts images = LabelCounts.of(head, known);
        List<HeadCounts.Tag> tags = IntStream.range(0, head.size())
                .mapToObj(k -> new HeadCounts.Tag(images.of(k), images.of(k), images.of(k)))
                .toList();
        double accuracy = known.isEmpty() ? Double.NaN : 1;
        return of(new HeadCounts.Tags(head, loss, accuracy, known.size(), 0, tags));
    }

    static MultiLabelHeadMetrics of(Head head, double loss, HeadSummary summary, double hammingAccuracy) {
        return new MultiLabelHeadMetrics(head, loss, summary, hammingAccuracy, null);
    }

    /**
     * Returns the fraction of correct decisions over all labelled images and categories, {@code 1 - hamming_loss} of
     * scikit-learn. It is close to 1 if most categories apply to few images; see {@link #macro} for such heads.
     *
     * @return 0..1; NaN if {@link #support} is 0 or {@link #nonFinite} is not
     */
    public double hammingAccuracy() {
        return hammingAccuracy;
    }

    /**
     * Returns the confusion matrix of each category over the labelled images, as scikit-learn's
     * {@code multilabel_confusion_matrix}: {@code [[TN, FP], [FN, TP]]}, true and false negatives and positives.
     *
     * @return (K, 2, 2), in the order of the head
     * @throws IllegalStateException unless {@link #isDetailed}
     */
    public long[][][] confusion() {
        return categories().stream()
                .map(tag -> new long[][] {
                    {support() - tag.support() - tag.falsePositives(), tag.falsePositives()},
                    {tag.falseNegatives(), tag.truePositives()}
                })
                .toArray(long[][][]::new);
    }

    @Override
    HeadCounts counts() {
        return isDetailed()
                ? new HeadCounts.Tags(
                        head(),
                        loss(),
                        accuracy(),
                        support(),
                        nonFinite(),
                        categories().stream()
                                .map(c -> new HeadCounts.Tag(c.truePositives(), c.support(), c.predicted()))
                                .toList())
                : summary().counts(head(), loss(), hammingAccuracy, Double.NaN);
    }

    @Override
    public <R> R when(Function<SingleLabelHeadMetrics, R> single, Function<MultiLabelHeadMetrics, R> multi) {
        return multi.apply(this);
    }
}
