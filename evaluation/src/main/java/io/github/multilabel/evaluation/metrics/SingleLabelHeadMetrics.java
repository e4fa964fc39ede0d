package io.github.multilabel.evaluation.metrics;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.internal.counts.HeadCounts;
import io.github.multilabel.evaluation.internal.counts.SparseCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How well a head answers of which exactly one category applies: all follows from the confusion matrix. */
public final class SingleLabelHeadMetrics extends MeasuredHead {

    /** As {@link HeadCounts.Confusion#cell} numbers them; null, as are the categories, if only the summary is known. */
    private final @Nullable SparseCounts confusion;

    private SingleLabelHeadMetrics(
            Head head,
            double loss,
            HeadSummary summary,
            @Nullable SparseCounts confusion,
            @Nullable List<CategoryMetrics> categories) {
        super(head, loss, summary, categories);
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
        long unanswered = 0;
        for (int i = 0; i < confusion.size(); i++) {
            long cell = confusion.cell(i);
            long images = confusion.count(i);
            all += images;
            if (cell < 0) {
                support[(int) (-1 - cell)] += images;
                unanswered += images;
                continue;
            }
            int category = (int) (cell / size);
            int answer = (int) (cell % size);
            support[category] += images;
            predicted[answer] += images;
            if (category == answer) {
                right[category] += images;
                allRight += images;
            }
        }
        List<CategoryMetrics> categories = new ArrayList<>(size);
        for (int k = 0; k < size; k++) {
            CategoryMetrics category = CategoryMetrics.of(head.category(k), right[k], support[k], predicted[k]);
            categories.add(unanswered == 0 ? category : category.undefined());
        }
        double accuracy = CategoryMetrics.ratio(allRight, all);
        return new SingleLabelHeadMetrics(
                head,
                counts.loss(),
                HeadSummary.of(accuracy, all, unanswered, categories),
                confusion,
                List.copyOf(categories));
    }

    static SingleLabelHeadMetrics ofRightAnswers(Head head, double loss, List<Labels> known) {
        SparseCounts counts = new SparseCounts();
        counts.add(known.stream()
                .mapToLong(labels -> labels.index(head.name()))
                .map(category -> HeadCounts.Confusion.cell(head, category, category))
                .toArray());
        return of(new HeadCounts.Confusion(head, loss, counts));
    }

    static SingleLabelHeadMetrics of(Head head, double loss, HeadSummary summary) {
        return new SingleLabelHeadMetrics(head, loss, summary, null, null);
    }

    /**
     * Counts of labelled images: {@code [i][j]} have category i and were taken for category j. Made anew by each call;
     * a head of 10,000 categories needs 800 MB for it, and {@link #confusionCells} nearly nothing.
     *
     * @throws IllegalStateException unless {@link #isDetailed}
     */
    public long[][] confusion() {
        long[][] matrix = new long[head().size()][head().size()];
        confusionCells().forEach(cell -> matrix[cell.category()][cell.answer()] = cell.images());
        return matrix;
    }

    /**
     * The cells of {@link #confusion} that are not 0, row by row: no more than there are images.
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

    /** Images without an answer included. */
    SparseCounts cells() {
        if (confusion == null) {
            throw HeadSummary.forgotten(this);
        }
        return confusion;
    }

    @Override
    HeadCounts counts() {
        return isDetailed()
                ? new HeadCounts.Confusion(head(), loss(), cells())
                : summary().counts(head(), loss(), Double.NaN);
    }

    @Override
    public <R> R when(Function<SingleLabelHeadMetrics, R> single, Function<MultiLabelHeadMetrics, R> multi) {
        return single.apply(this);
    }
}
