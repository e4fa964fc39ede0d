package io.github.multilabel.evaluation.internal.counts;

import io.github.multilabel.core.Head;
import java.util.List;

/** What was counted of the answers of one head, or what is kept of it. */
public sealed interface HeadCounts {

    /** The question. */
    Head head();

    /** The mean loss over all labelled images; NaN if none. */
    double loss();

    /**
     * Of a single-label head.
     *
     * @param cells of its confusion matrix, as {@link #cell} numbers them
     */
    record Confusion(Head head, double loss, SparseCounts cells) implements HeadCounts {

        /**
         * The number of a cell: row by row; below 0 for images that the model did not answer.
         *
         * @param answer below 0 if there is none
         */
        public static long cell(Head head, long category, long answer) {
            return answer < 0 ? -1 - category : category * head.size() + answer;
        }
    }

    /**
     * Of a multi-label head.
     *
     * @param accuracy the fraction of the labelled images whose whole set of categories is right
     * @param support the labelled images
     * @param unanswered those of them that the model did not answer
     * @param categories in the order of the head
     */
    record Tags(Head head, double loss, double accuracy, long support, long unanswered, List<Tag> categories)
            implements HeadCounts {}

    /**
     * Of one category of a multi-label head.
     *
     * @param truePositives the images that have it and for which it was predicted
     * @param support the images that have it
     * @param predicted the images for which it was predicted
     */
    record Tag(long truePositives, long support, long predicted) {}

    /**
     * Of a head of either kind whose categories are forgotten.
     *
     * @param hammingAccuracy the fraction of yes-or-no answers that are right; NaN for a single-label head
     */
    record Summary(
            Head head,
            double loss,
            double accuracy,
            long support,
            long unanswered,
            Means macro,
            Means weighted,
            double hammingAccuracy)
            implements HeadCounts {}

    /**
     * Means over the categories of a head.
     *
     * @param categories how many the means are over
     */
    record Means(double precision, double recall, double f1, int categories) {}
}
