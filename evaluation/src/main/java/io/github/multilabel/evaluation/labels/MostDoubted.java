package io.github.multilabel.evaluation.labels;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Of the images with one label those that are most like another answer.
 *
 * @param answer the other one
 * @param capacity how many are kept, at least 1
 */
record MostDoubted(int answer, int capacity, PriorityQueue<Doubted> kept) {

    /**
     * An image.
     *
     * @param margin how much more probable the other answer is than the label
     */
    record Doubted(double margin, int row) {}

    private static final Comparator<Doubted> LEAST_FIRST =
            Comparator.comparingDouble(Doubted::margin).thenComparing(Doubted::row, Comparator.reverseOrder());

    /** A queue for each other answer of which there are wrong labels. */
    static List<MostDoubted> of(int[] counts, int label) {
        List<MostDoubted> queues = new ArrayList<>();
        for (int k = 0; k < counts.length; k++) {
            if (k != label && counts[k] > 0) {
                queues.add(new MostDoubted(k, counts[k], new PriorityQueue<>(LEAST_FIRST)));
            }
        }
        return queues;
    }

    void offer(double margin, int row) {
        if (kept.size() < capacity) {
            kept.add(new Doubted(margin, row));
        } else if (kept.element().margin() < margin) { // of equal ones the earlier stays
            kept.remove();
            kept.add(new Doubted(margin, row));
        }
    }

    void addTo(BitSet rows) {
        kept.forEach(one -> rows.set(one.row()));
    }
}
