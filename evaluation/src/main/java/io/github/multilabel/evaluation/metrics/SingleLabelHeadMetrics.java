package io.github.multilabel.evaluation.metrics;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.internal.counts.HeadCounts;
import io.github.multilabel.evaluation.internal.counts.SparseCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a single-label head. The predicted category is the one with the highest logit. All metrics but the
 * loss and the top-5 accuracy follow from the confusion matrix.
 *
 * <p>Immutable; threads may share it.
 */
public final class SingleLabelHeadMetrics extends MeasuredHead {

    /** With so many categories, {@link #top5Accuracy} says something that {@link #accuracy} does not. */
    private static final int MANY = 2 * HeadCounts.Confusion.TOP;

    /** By {@link HeadCounts.Confusion#cell}; null, as the categories are, if only the summary is known. */
    private final @Nullable SparseCounts confusion;

    private final double top5Accuracy;

    private SingleLabelHeadMetrics(
            Head head,
            double loss,
            HeadSummary summary,
            double top5Accuracy,
            @Nullable SparseCounts confusion,
            @Nullable List<CategoryMetrics> categories) {
        super(head, loss, summary, categories);
        this.top5Accuracy = top5Accuracy;
        this.confusion = confusion;
    }

    static SingleLabelHeadMetrics of(HeadCounts.Confusion counts) {
        Head head = counts.head();
        SparseCounts confusion = counts.cells();
        int size = head.size();
        long[] right = new long[size];
        long[] support = new long[size];
        long[] predicted = new long[size];
        long all = 0;
        long allRight = 0;
        long nonFinite = 0;
        for (int i = 0; i < confusion.size(); i++) {
            long cell = confusion.cell(i);
            long images = confusion.count(i);
            all += images;
            if (cell < 0) {
                support[(int) (-1 - cell)] += images;
                nonFinite += images;
                continue;
            }
            int category = (int) (cell / size);
            int guess = (int) (cell % size);
            support[category] += images;
            predicted[guess] += images;
            if (category == guess) {
                right[category] += images;
                allRight += images;
            }
        }
        List<CategoryMetrics> categories = new ArrayList<>(size);
        for (int k = 0; k < size; k++) {
            CategoryMetrics category = CategoryMetrics.of(head.category(k), right[k], support[k], predicted[k]);
            categories.add(nonFinite == 0 ? category : category.undefined());
        }
        double accuracy = CategoryMetrics.ratio(allRight, all);
        boolean isTopKnown = nonFinite == 0 && counts.top() != HeadCounts.Confusion.UNKNOWN;
        return new SingleLabelHeadMetrics(
                head,
                counts.loss(),
                HeadSummary.of(accuracy, all, nonFinite, categories),
                isTopKnown ? CategoryMetrics.ratio(counts.top(), all) : Double.NaN,
                confusion,
                List.copyOf(categories));
    }

    static SingleLabelHeadMetrics perfect(Head head, double loss, List<Labels> known) {
        SparseCounts counts = new SparseCounts();
        counts.add(known.stream()
                .mapToLong(labels -> labels.index(head.name()))
                .map(category -> HeadCounts.Confusion.cell(head, category, category))
                .toArray());
        return of(new HeadCounts.Confusion(head, loss, counts, known.size()));
    }

    static SingleLabelHeadMetrics of(Head head, double loss, HeadSummary summary, double top5Accuracy) {
        return new SingleLabelHeadMetrics(head, loss, summary, top5Accuracy, null, null);
    }

    /**
     * Returns whether {@link #top5Accuracy} is among the metrics of a head by its name: with fewer than ten categories
     * it says little.
     */
    static boolean hasTop5(Head head) {
        return head.kind() == Head.Kind.SINGLE_LABEL && head.size() >= MANY;
    }

    /**
     * Returns the fraction of the labelled images whose category is among the five most probable, as scikit-learn's
     * {@code top_k_accuracy_score} with {@code k=5}: of equal logits, that of the later category counts as the higher.
     *
     * @return 0..1; NaN if {@link #support} is 0 or {@link #nonFinite} is not, and in an epoch that a training had half
     *     done when an earlier release saved it
     */
    public double top5Accuracy() {
        return top5Accuracy;
    }

    /**
     * Returns the mean of the recalls of the categories that have images, scikit-learn's
     * {@code balanced_accuracy_score}: what always answering the most frequent category is worth does not depend on how
     * frequent it is.
     *
     * @return 0..1; NaN if {@link #support} is 0 or {@link #nonFinite} is not
     * @throws IllegalStateException unless {@link #isDetailed}
     */
    public double balancedAccuracy() {
        return categories().stream()
                .mapToDouble(CategoryMetrics::recall)
                .filter(recall -> !Double.isNaN(recall))
                .average()
                .orElse(Double.NaN);
    }

    /**
     * Returns the correlation of answers and labels, Matthews' coefficient as scikit-learn's {@code matthews_corrcoef}.
     *
     * @return -1..1, 0 for guessing; NaN if all images have one category or all answers are one, where scikit-learn
     *     says 0, and if {@link #support} is 0 or {@link #nonFinite} is not
     * @throws IllegalStateException unless {@link #isDetailed}
     */
    public double matthews() {
        return agreement().matthews();
    }

    /**
     * Returns Cohen's kappa, how much more answers agree with labels than by chance: scikit-learn's
     * {@code cohen_kappa_score}.
     *
     * @return at most 1, 0 for guessing; NaN if labels and answers are all one category, if {@link #support} is 0 or
     *     {@link #nonFinite} is not
     * @throws IllegalStateException unless {@link #isDetailed}
     */
    public double kappa() {
        return agreement().kappa();
    }

    /**
     * Returns Cohen's kappa for categories that have an order, which counts a mistake by the square of its distance in
     * the order of the head: scikit-learn's {@code cohen_kappa_score} with {@code weights="quadratic"} and all
     * categories as {@code labels}.
     *
     * @return as {@link #kappa}
     * @throws IllegalStateException unless {@link #isDetailed}
     */
    public double quadraticKappa() {
        return agreement().quadraticKappa();
    }

    private Agreement agreement() {
        return new Agreement(categories(), cells(), nonFinite());
    }

    /**
     * Returns the confusion matrix over the labelled images, as scikit-learn's {@code confusion_matrix}.
     *
     * <p>Each call makes a new matrix. For a head of 10,000 categories it takes 800 MB; {@link #confusionCells} takes
     * next to nothing.
     *
     * @return (K, K): {@code [i][j]} is the number of images of category i for which category j was predicted
     * @throws IllegalStateException unless {@link #isDetailed}
     */
    public long[][] confusion() {
        long[][] matrix = new long[head().size()][head().size()];
        confusionCells().forEach(cell -> matrix[cell.category()][cell.predicted()] = cell.images());
        return matrix;
    }

    /**
     * Returns the cells of {@link #confusion} that are not 0, row by row: at most as many as there are images.
     *
     * @throws IllegalStateException unless {@link #isDetailed}
     */
    public List<ConfusionCell> confusionCells() {
        List<ConfusionCell> cells = new ArrayList<>();
        SparseCounts counts = cells();
        for (int i = 0; i < counts.size(); i++) {
            long cell = counts.cell(i);
            if (cell >= 0) {
                cells.add(
                        new ConfusionCell((int) (cell / head().size()), (int) (cell % head().size()), counts.count(i)));
            }
        }
        return cells;
    }

    /** The counts of all labelled images, those with logits that are not finite included. */
    SparseCounts cells() {
        if (confusion == null) {
            throw HeadSummary.forgotten(this);
        }
        return confusion;
    }

    private long top() {
        return Double.isNaN(top5Accuracy) ? HeadCounts.Confusion.UNKNOWN : Math.round(top5Accuracy * support());
    }

    @Override
    HeadCounts counts() {
        return isDetailed()
                ? new HeadCounts.Confusion(head(), loss(), cells(), top())
                : summary().counts(head(), loss(), Double.NaN, top5Accuracy);
    }

    @Override
    public <R> R when(Function<SingleLabelHeadMetrics, R> single, Function<MultiLabelHeadMetrics, R> multi) {
        return single.apply(this);
    }
}
