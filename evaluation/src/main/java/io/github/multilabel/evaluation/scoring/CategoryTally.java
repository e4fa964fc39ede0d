package io.github.multilabel.evaluation.scoring;

import io.github.multilabel.core.Head;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Collects from the decisions of a head, unit by unit, how often each category was right, was given, and both, and
 * finds its intervals. For one thread.
 */
final class CategoryTally {

    private final Head head;
    private final boolean isGrouped;
    /** Of each category, what the unit has of it that is added: right and given, right, given. */
    private final long[][] counts;

    private final int[] met;
    private int size;
    private int unit;
    private final List<ClusteredFraction> precisions;
    private final List<ClusteredFraction> recalls;
    private final List<ClusteredFraction> overlaps;

    CategoryTally(Head head, boolean isGrouped) {
        this.head = head;
        this.isGrouped = isGrouped;
        counts = new long[head.size()][3];
        met = new int[head.size()];
        precisions = fractions(head);
        recalls = fractions(head);
        overlaps = fractions(head);
    }

    private static List<ClusteredFraction> fractions(Head head) {
        return IntStream.range(0, head.size())
                .mapToObj(k -> new ClusteredFraction())
                .toList();
    }

    /**
     * Adds images that have a category or for which it was predicted, of a unit that is that of the call before or
     * comes after it.
     *
     * @param isRight whether they have it
     * @param isGiven whether it was predicted
     */
    void add(int ofUnit, int category, boolean isRight, boolean isGiven, int images) {
        if (isGrouped && ofUnit != unit) { // of images that do not belong together, the sums are enough
            flush();
            unit = ofUnit;
        }
        long[] own = counts[category];
        if (own[1] + own[2] == 0) {
            met[size++] = category;
        }
        own[0] += isRight && isGiven ? images : 0;
        own[1] += isRight ? images : 0;
        own[2] += isGiven ? images : 0;
    }

    private void flush() {
        for (int i = 0; i < size; i++) {
            int category = met[i];
            long both = counts[category][0];
            long right = counts[category][1];
            long given = counts[category][2];
            precisions.get(category).add(both, given);
            recalls.get(category).add(both, right);
            overlaps.get(category).add(both, right + given - both);
            counts[category] = new long[counts[category].length];
        }
        size = 0;
    }

    /** The intervals of all categories, in the order of the head. */
    List<CategoryIntervals> intervals() {
        flush();
        return IntStream.range(0, head.size())
                .mapToObj(k -> new CategoryIntervals(
                        head.category(k),
                        precisions.get(k).interval(isGrouped),
                        recalls.get(k).interval(isGrouped),
                        f1(overlaps.get(k).interval(isGrouped))))
                .toList();
    }

    private static Interval f1(Interval overlap) {
        return new Interval(f1(overlap.value()), f1(overlap.low()), f1(overlap.high()));
    }

    private static double f1(double overlap) {
        return 2 * overlap / (1 + overlap);
    }
}
