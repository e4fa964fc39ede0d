package io.github.multilabel.evaluation.metrics;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.internal.counts.EvaluationCounts;
import io.github.multilabel.evaluation.internal.counts.HeadCounts;
import java.util.ArrayList;
import java.util.List;

/**
 * How well a model answers all its questions on one set of images. Immutable. {@link #toString} is a line per head,
 * {@link #table} shows every category.
 *
 * <pre>{@code
 * Evaluation evaluation = trainer.evaluate(test);
 * evaluation.head("brand").accuracy();
 * evaluation.head("brand").category("Audi").recall();
 * }</pre>
 */
public final class Evaluation {

    /** Categories and cells of confusion matrices of all heads: more than these are many. */
    private static final int MANY = 2_000;

    private final HeadSet headSet;
    private final List<HeadMetrics> heads;
    private final double loss;
    private final long samples;
    private final long complete;
    private final long exact;

    private Evaluation(HeadSet headSet, List<HeadMetrics> heads, double loss, long samples, long complete, long exact) {
        this.headSet = headSet;
        this.heads = List.copyOf(heads);
        this.loss = loss;
        this.samples = samples;
        this.complete = complete;
        this.exact = exact;
    }

    /**
     * Of what was counted; for the library itself.
     *
     * @hidden
     */
    public static Evaluation of(EvaluationCounts counts) {
        return new Evaluation(
                counts.headSet(),
                counts.heads().stream().map(Evaluation::metrics).toList(),
                counts.loss(),
                counts.samples(),
                counts.complete(),
                counts.exact());
    }

    private static HeadMetrics metrics(HeadCounts counts) {
        if (counts instanceof HeadCounts.Confusion confusion) {
            return SingleLabelHeadMetrics.of(confusion);
        }
        if (counts instanceof HeadCounts.Tags tags) {
            return MultiLabelHeadMetrics.of(tags);
        }
        HeadCounts.Summary kept = (HeadCounts.Summary) counts;
        HeadSummary summary = HeadSummary.of(kept);
        return kept.head().kind() == Head.Kind.SINGLE_LABEL
                ? SingleLabelHeadMetrics.of(kept.head(), kept.loss(), summary)
                : MultiLabelHeadMetrics.of(kept.head(), kept.loss(), summary, kept.hammingAccuracy());
    }

    /**
     * What this evaluation follows from; for the library itself.
     *
     * @hidden
     */
    public EvaluationCounts counts() {
        List<HeadCounts> counts = heads.stream()
                .map(head -> head.when(SingleLabelHeadMetrics::counts, MultiLabelHeadMetrics::counts))
                .toList();
        return new EvaluationCounts(headSet, counts, loss, samples, complete, exact);
    }

    /**
     * What would be found if every label were answered rightly, with losses of 0: tells which numbers some labels
     * define.
     *
     * @param heads to answer
     * @param labels of each image
     */
    public static Evaluation ofRightAnswers(HeadSet heads, List<Labels> labels) {
        List<HeadMetrics> metrics = new ArrayList<>();
        for (Head head : heads) {
            List<Labels> known =
                    labels.stream().filter(each -> !each.isMissing(head.name())).toList();
            double loss = known.isEmpty() ? Double.NaN : 0;
            metrics.add(
                    head.kind() == Head.Kind.SINGLE_LABEL
                            ? SingleLabelHeadMetrics.ofRightAnswers(head, loss, known)
                            : MultiLabelHeadMetrics.ofRightAnswers(head, loss, known));
        }
        long complete = labels.stream()
                .filter(each -> heads.names().stream().noneMatch(each::isMissing))
                .count();
        double loss = metrics.stream().allMatch(head -> head.support() == 0) ? Double.NaN : 0;
        return new Evaluation(heads, metrics, loss, labels.size(), complete, complete);
    }

    /** The metrics of each head, in the order of the heads. */
    public List<HeadMetrics> heads() {
        return heads;
    }

    /**
     * The metrics of one head.
     *
     * @throws IllegalArgumentException if there is no such head; the message names those that are near
     */
    public HeadMetrics head(String name) {
        return heads.get(headSet.indexOf(name));
    }

    /** The questions, in order. */
    public HeadSet headSet() {
        return headSet;
    }

    /**
     * The sum of the heads' losses, each times its head weight; heads without any label add nothing. NaN if none has.
     */
    public double loss() {
        return loss;
    }

    /** The images that were looked at, labelled or not. */
    public long samples() {
        return samples;
    }

    /**
     * The plain mean of the heads' accuracies, 0..1, over the heads that have labels; NaN if none has, or if the model
     * left an image {@linkplain HeadMetrics#unanswered unanswered}.
     */
    public double meanAccuracy() {
        return isUnanswered()
                ? Double.NaN
                : heads.stream()
                        .mapToDouble(HeadMetrics::accuracy)
                        .filter(accuracy -> !Double.isNaN(accuracy))
                        .average()
                        .orElse(Double.NaN);
    }

    /**
     * The share of images of which every head is answered rightly, 0..1. Only images that are labelled for every head
     * count ({@link #completelyLabelled}); NaN if there is none, or if the model left an image
     * {@linkplain HeadMetrics#unanswered unanswered}.
     */
    public double exactMatch() {
        return isUnanswered() ? Double.NaN : CategoryMetrics.ratio(exact, complete);
    }

    private boolean isUnanswered() {
        return heads.stream().anyMatch(head -> head.unanswered() > 0);
    }

    /** The images that are labelled for every head. */
    public long completelyLabelled() {
        return complete;
    }

    /** Of {@link #completelyLabelled} images, those of which every head is answered rightly. */
    public long exactlyMatched() {
        return exact;
    }

    /**
     * The same, but if it has many categories, without the numbers of these: what the history of a training keeps of an
     * epoch that is neither the best nor the last.
     *
     * @see HeadMetrics#isDetailed
     */
    public Evaluation withoutManyCategories() {
        long details = heads.stream()
                .filter(HeadMetrics::isDetailed)
                .mapToLong(head ->
                        head.head().size() + head.when(single -> single.cells().size(), multi -> 0))
                .sum();
        return details <= MANY
                ? this
                : new Evaluation(
                        headSet, heads.stream().map(Evaluation::summarised).toList(), loss, samples, complete, exact);
    }

    private static HeadMetrics summarised(HeadMetrics head) {
        return head.when(
                single -> SingleLabelHeadMetrics.of(single.head(), single.loss(), single.summary()),
                multi ->
                        MultiLabelHeadMetrics.of(multi.head(), multi.loss(), multi.summary(), multi.hammingAccuracy()));
    }

    /** A table of the heads and, for each, of its categories. Undefined numbers are shown as n/a. */
    public String table() {
        return Tables.full(this);
    }

    /** A table with a line per head. */
    @Override
    public String toString() {
        return Tables.heads(this);
    }
}
