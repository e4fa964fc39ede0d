package io.github.multilabel.evaluation.metrics;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.internal.counts.EvaluationCounts;
import io.github.multilabel.evaluation.internal.counts.HeadCounts;
import io.github.multilabel.evaluation.internal.counts.HierarchyCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The metrics of a model on one data set: for each head, and for all heads together. {@link #toString} has a line per
 * head, {@link #table} also has one per category. Where scikit-learn defines a metric, the values are equal; undefined
 * values are NaN. Immutable; threads may share it.
 *
 * <pre>{@code
 * Evaluation evaluation = trainer.evaluate(test);
 * evaluation.head("brand").accuracy();
 * evaluation.head("brand").category("Audi").recall();
 * evaluation.head("colour").macro().f1();
 * }</pre>
 */
public final class Evaluation {

    /** The largest number of categories and cells of confusion matrices, of all heads, that every epoch keeps. */
    private static final int MANY = 2_000;

    private final HeadSet headSet;
    private final List<HeadMetrics> heads;
    private final double loss;
    private final long samples;
    private final long complete;
    private final long exact;
    private final List<HierarchyMetrics> hierarchies;

    private Evaluation(
            HeadSet headSet,
            List<HeadMetrics> heads,
            double loss,
            long samples,
            long complete,
            long exact,
            List<HierarchyCounts> hierarchies) {
        this.headSet = headSet;
        this.heads = List.copyOf(heads);
        this.loss = loss;
        this.samples = samples;
        this.complete = complete;
        this.exact = exact;
        this.hierarchies = hierarchies.stream().map(this::metrics).toList();
    }

    private HierarchyMetrics metrics(HierarchyCounts counts) {
        List<String> parents = headSet.hierarchy().parents(counts.finest());
        boolean isFinite = Stream.concat(Stream.of(counts.finest()), parents.stream())
                .allMatch(head -> head(head).nonFinite() == 0);
        return new HierarchyMetrics(counts, parents, samples, isFinite);
    }

    /**
     * Computes the metrics from counts; for the library itself.
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
                counts.exact(),
                counts.hierarchies());
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
                ? SingleLabelHeadMetrics.of(kept.head(), kept.loss(), summary, kept.top5Accuracy())
                : MultiLabelHeadMetrics.of(kept.head(), kept.loss(), summary, kept.hammingAccuracy());
    }

    /**
     * The counts from which this evaluation was computed; for the library itself.
     *
     * @hidden
     */
    public EvaluationCounts counts() {
        List<HeadCounts> counts = heads.stream()
                .map(head -> head.when(SingleLabelHeadMetrics::counts, MultiLabelHeadMetrics::counts))
                .toList();
        return new EvaluationCounts(headSet, counts, loss, samples, complete, exact, hierarchyCounts());
    }

    private List<HierarchyCounts> hierarchyCounts() {
        return hierarchies.stream().map(HierarchyMetrics::counts).toList();
    }

    /**
     * Returns the evaluation of a model that predicts every label correctly, with losses of 0. A metric that is NaN in
     * it cannot be computed from these labels.
     *
     * @param heads of the labels
     * @param labels of each image
     */
    public static Evaluation perfect(HeadSet heads, List<Labels> labels) {
        List<HeadMetrics> metrics = new ArrayList<>();
        for (Head head : heads) {
            List<Labels> known =
                    labels.stream().filter(each -> !each.isMissing(head.name())).toList();
            double loss = known.isEmpty() ? Double.NaN : 0;
            metrics.add(
                    head.kind() == Head.Kind.SINGLE_LABEL
                            ? SingleLabelHeadMetrics.perfect(head, loss, known)
                            : MultiLabelHeadMetrics.perfect(head, loss, known));
        }
        long complete = labels.stream()
                .filter(each -> heads.names().stream().noneMatch(each::isMissing))
                .count();
        double loss = metrics.stream().allMatch(head -> head.support() == 0) ? Double.NaN : 0;
        List<HierarchyCounts> hierarchies = heads.hierarchy().finest().stream()
                .map(finest -> perfect(finest, heads.hierarchy().parents(finest), labels))
                .toList();
        return new Evaluation(heads, metrics, loss, labels.size(), complete, complete, hierarchies);
    }

    private static HierarchyCounts perfect(String finest, List<String> parents, List<Labels> labels) {
        long labelled = labels.stream()
                .filter(each -> !each.isMissing(finest) && parents.stream().noneMatch(each::isMissing))
                .count();
        return new HierarchyCounts(finest, labelled, labelled, 0, 0, 0);
    }

    /** The metrics of each head, in the order of the heads. */
    public List<HeadMetrics> heads() {
        return heads;
    }

    /**
     * The metrics of one head.
     *
     * @param name of a head
     * @throws IllegalArgumentException if there is no such head; the message names similar ones
     */
    public HeadMetrics head(String name) {
        return heads.get(headSet.indexOf(name));
    }

    /**
     * The metrics of each head that has parents and is none itself, with its parents; empty if no head determines
     * another, and in an epoch that an earlier release evaluated.
     *
     * @see HeadSet#hierarchy
     */
    public List<HierarchyMetrics> hierarchies() {
        return hierarchies;
    }

    /** The heads that were evaluated, in the model's order. */
    public HeadSet headSet() {
        return headSet;
    }

    /**
     * The sum of the heads' losses, each times its loss weight. Heads without labels add nothing; NaN if no head has
     * labels.
     */
    public double loss() {
        return loss;
    }

    /** The number of images that were evaluated, labelled or not. */
    public long samples() {
        return samples;
    }

    /**
     * The unweighted mean of {@link HeadMetrics#accuracy} over the heads that have labels.
     *
     * @return 0..1; NaN if no head has labels, or {@link HeadMetrics#nonFinite} of any head is not 0
     */
    public double meanAccuracy() {
        return hasNonFinite()
                ? Double.NaN
                : heads.stream()
                        .mapToDouble(HeadMetrics::accuracy)
                        .filter(accuracy -> !Double.isNaN(accuracy))
                        .average()
                        .orElse(Double.NaN);
    }

    /**
     * The exact match ratio: the fraction of images for which every head is predicted correctly. Only images that are
     * labelled for every head count, see {@link #completelyLabelled}. For heads that all have labels, it equals
     * torchmetrics' {@code MultilabelExactMatch} over the predictions of all heads.
     *
     * @return 0..1; NaN if no image is labelled for every head, or {@link HeadMetrics#nonFinite} of any head is not 0
     */
    public double exactMatch() {
        return hasNonFinite() ? Double.NaN : CategoryMetrics.ratio(exact, complete);
    }

    private boolean hasNonFinite() {
        return heads.stream().anyMatch(head -> head.nonFinite() > 0);
    }

    /** The number of images that are labelled for every head. */
    public long completelyLabelled() {
        return complete;
    }

    /** The number of {@link #completelyLabelled} images for which every head is predicted correctly. */
    public long exactlyMatched() {
        return exact;
    }

    /**
     * Returns this evaluation without the metrics of single categories if there are many of them. The history of a
     * training keeps this of epochs that are neither the best nor the last.
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
                        headSet,
                        heads.stream().map(Evaluation::summarised).toList(),
                        loss,
                        samples,
                        complete,
                        exact,
                        hierarchyCounts());
    }

    private static HeadMetrics summarised(HeadMetrics head) {
        return head.when(
                single -> SingleLabelHeadMetrics.of(
                        single.head(), single.loss(), single.summary(), single.top5Accuracy()),
                multi ->
                        MultiLabelHeadMetrics.of(multi.head(), multi.loss(), multi.summary(), multi.hammingAccuracy()));
    }

    /** Returns a table of the heads, and one of the categories of each head. Undefined values are shown as n/a. */
    public String table() {
        return Tables.full(this);
    }

    /** Returns a table with a line per head. Undefined values are shown as n/a. */
    @Override
    public String toString() {
        return Tables.heads(this);
    }
}
