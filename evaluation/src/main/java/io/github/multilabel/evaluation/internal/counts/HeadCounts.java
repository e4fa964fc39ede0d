package io.github.multilabel.evaluation.internal.counts;

import io.github.multilabel.core.Head;
import java.util.List;

/** The counts of one head, or what is kept of them. */
public sealed interface HeadCounts {

    /** The head with its categories. */
    Head head();

    /** The mean loss over all labelled images; NaN if none. */
    double loss();

    /**
     * The counts of a single-label head.
     *
     * @param cells of the confusion matrix, numbered by {@link #cell}
     * @param top the images whose category was among the {@link #TOP} most probable; {@link #UNKNOWN} in counts that an
     *     earlier release saved
     */
    record Confusion(Head head, double loss, SparseCounts cells, long top) implements HeadCounts {

        /** How many categories of an image count as its most probable ones. */
        public static final int TOP = 5;

        /** Nobody counted. */
        public static final long UNKNOWN = -1;

        /**
         * The number of a cell, row by row; below 0 for images with logits that are not finite.
         *
         * @param predicted below 0 if the logits are not finite
         */
        public static long cell(Head head, long category, long predicted) {
            return predicted < 0 ? -1 - category : category * head.size() + predicted;
        }
    }

    /**
     * The counts of a multi-label head.
     *
     * @param accuracy the fraction of the labelled images whose whole set of categories is right
     * @param support the number of labelled images
     * @param nonFinite the number of them with logits that are not finite
     * @param categories in the order of the head
     */
    record Tags(Head head, double loss, double accuracy, long support, long nonFinite, List<Tag> categories)
            implements HeadCounts {}

    /**
     * The counts of one category of a multi-label head.
     *
     * @param truePositives the images that have it and for which it was predicted
     * @param support the images that have it
     * @param predicted the images for which it was predicted
     */
    record Tag(long truePositives, long support, long predicted) {}

    /**
     * The metrics that are kept of a head of either kind when its categories are not.
     *
     * @param hammingAccuracy see {@code MultiLabelHeadMetrics}; NaN for a single-label head
     * @param top5Accuracy see {@code SingleLabelHeadMetrics}; NaN for a multi-label head
     */
    record Summary(
            Head head,
            double loss,
            double accuracy,
            long support,
            long nonFinite,
            Means macro,
            Means weighted,
            double hammingAccuracy,
            double top5Accuracy)
            implements HeadCounts {}

    /**
     * Means over the categories of a head.
     *
     * @param categories the number of categories that are averaged
     */
    record Means(double precision, double recall, double f1, int categories) {}
}
