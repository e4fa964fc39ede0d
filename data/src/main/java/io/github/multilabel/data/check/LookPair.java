package io.github.multilabel.data.check;

import java.util.Comparator;

/**
 * Two images that look alike.
 *
 * @param a the first
 * @param b the second, after a
 * @param likeness how much, in (0, 1]
 */
record LookPair(int a, int b, double likeness) {

    static final Comparator<LookPair> BEST_FIRST = Comparator.comparingDouble((LookPair pair) -> -pair.likeness())
            .thenComparingInt(LookPair::a)
            .thenComparingInt(LookPair::b);

    static LookPair of(int one, int other, double likeness) {
        return new LookPair(Math.min(one, other), Math.max(one, other), likeness);
    }

    /** The same for the same two, in either order. */
    static long key(int one, int other) {
        return (long) Math.min(one, other) << Integer.SIZE | Math.max(one, other);
    }
}
