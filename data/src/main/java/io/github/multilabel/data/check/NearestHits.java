package io.github.multilabel.data.check;

import java.util.function.IntConsumer;

/** Keeps the nearest of what a {@link HashIndex} finds. */
final class NearestHits implements HashIndex.Hits {

    /** So many are looked at closely. */
    private static final int KEPT = 64;
    /** After so many, the search is given up: images of which there are so many are much alike. */
    private static final int MOST = 2_000;

    /** By distance. */
    private final int[][] places;

    private final int[] counts;
    private int found;

    /** @param distance the largest that comes */
    NearestHits(int distance) {
        places = new int[distance + 1][];
        counts = new int[distance + 1];
    }

    @Override
    public boolean add(int place, int distance) {
        if (counts[distance] < KEPT) {
            if (places[distance] == null) {
                places[distance] = new int[KEPT];
            }
            places[distance][counts[distance]++] = place;
        }
        return ++found < MOST;
    }

    /** Gives the nearest on, and is empty then. */
    void drain(IntConsumer use) {
        int used = 0;
        for (int distance = 0; distance < counts.length; distance++) {
            for (int i = 0; i < counts[distance] && used < KEPT; i++, used++) {
                use.accept(places[distance][i]);
            }
            counts[distance] = 0;
        }
        found = 0;
    }
}
