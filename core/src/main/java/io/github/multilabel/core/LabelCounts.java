package io.github.multilabel.core;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** How many samples have a label of one head, and how many have each of its categories. Immutable. */
public final class LabelCounts {

    private final Head head;
    private final long labelled;
    private final long[] ofCategory;

    /**
     * Creates counts that are already known.
     *
     * @param head whose labels were counted
     * @param labelled the samples that have a label of the head
     * @param ofCategory the samples that have each category, in the order of the head; of a multi-label head a sample
     *     can have several
     */
    public LabelCounts(Head head, long labelled, long... ofCategory) {
        this.head = head;
        this.labelled = labelled;
        this.ofCategory = ofCategory.clone();
    }

    /**
     * Counts labels.
     *
     * @param head of the labels
     * @param labels one for each sample; missing labels are not counted
     * @throws IllegalArgumentException if the labels have no such head
     */
    public static LabelCounts of(Head head, Iterable<Labels> labels) {
        long labelled = 0;
        long[] counts = new long[head.size()];
        for (Labels known : labels) {
            if (!known.isMissing(head.name())) {
                labelled++;
                known.indices(head.name()).forEach(category -> counts[category]++);
            }
        }
        return new LabelCounts(head, labelled, counts);
    }

    /** Counts the labels of a data set; no image is read. */
    public static LabelCounts of(Head head, MultiLabelDataset data) {
        return of(
                head,
                () -> IntStream.range(0, data.size()).mapToObj(data::labels).iterator());
    }

    /** The head whose labels were counted. */
    public Head head() {
        return head;
    }

    /** The number of samples that have a label of the head. */
    public long labelled() {
        return labelled;
    }

    /**
     * The number of samples that have a category.
     *
     * @param category in [0, K)
     */
    public long of(int category) {
        return ofCategory[category];
    }

    /** The number of samples that have each category, in the order of the head. */
    public long[] ofCategories() {
        return ofCategory.clone();
    }

    /** The number of categories that occur. */
    public int occurring() {
        return (int) Arrays.stream(ofCategory).filter(count -> count > 0).count();
    }

    /** The categories that do not occur, in the order of the head. */
    public List<String> absent() {
        return IntStream.range(0, ofCategory.length)
                .filter(category -> ofCategory[category] == 0)
                .mapToObj(head::category)
                .toList();
    }
}
