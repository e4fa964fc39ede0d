package io.github.multilabel.data.check;

/**
 * Finds the hashes that differ from a given one in few bits, without comparing it with each (multi-index hashing,
 * Norouzi, Punjani and Fleet, <a href="https://arxiv.org/abs/1307.2982">Fast Exact Search in Hamming Space</a>, 2014):
 * of m pieces of two hashes that differ in at most d bits, one differs in at most d / m, so only those are compared
 * that have such a piece.
 *
 * <p>Safe for use by several threads.
 */
final class HashIndex {

    /** With 16 bits a piece, a bucket has few of some hundred thousand hashes. */
    private static final int LEAST_PIECES = 4;

    private final int distance;
    private final int pieces;
    /** How many bits of a piece may differ: 0 or 1. */
    private final int reach;

    private final long[][] hashes;
    private final int[][] places;
    private final int[][] starts;

    /** @param distance the most bits in which hashes differ that are found, 0 to 16 */
    HashIndex(long[] all, int distance) {
        this.distance = distance;
        this.pieces = Math.max(LEAST_PIECES, (distance + 2) / 2);
        this.reach = distance / pieces;
        hashes = new long[pieces][];
        places = new int[pieces][];
        starts = new int[pieces][];
        for (int piece = 0; piece < pieces; piece++) {
            index(piece, all);
        }
    }

    /** Sorts the hashes by one of their pieces. */
    private void index(int piece, long[] all) {
        int[] start = new int[(1 << bits(piece)) + 1];
        for (long hash : all) {
            start[value(piece, hash) + 1]++;
        }
        for (int bucket = 1; bucket < start.length; bucket++) {
            start[bucket] += start[bucket - 1];
        }
        int[] next = start.clone();
        hashes[piece] = new long[all.length];
        places[piece] = new int[all.length];
        for (int i = 0; i < all.length; i++) {
            int place = next[value(piece, all[i])]++;
            hashes[piece][place] = all[i];
            places[piece][place] = i;
        }
        starts[piece] = start;
    }

    private int from(int piece) {
        return piece * Long.SIZE / pieces;
    }

    private int bits(int piece) {
        return from(piece + 1) - from(piece);
    }

    private int value(int piece, long hash) {
        return (int) (hash >>> from(piece)) & (1 << bits(piece)) - 1;
    }

    /** Takes what is found. */
    interface Hits {

        /** Takes the place of a hash and in how many bits it differs; whether it wants more. */
        boolean add(int place, int distance);
    }

    /** Gives the places of all hashes that are near, each once, in no order, until they are no longer wanted. */
    void near(long hash, Hits hits) {
        boolean more = true;
        for (int piece = 0; piece < pieces && more; piece++) {
            int value = value(piece, hash);
            more = look(piece, value, hash, hits);
            for (int bit = 0; more && reach > 0 && bit < bits(piece); bit++) {
                more = look(piece, value ^ 1 << bit, hash, hits);
            }
        }
    }

    private boolean look(int piece, int bucket, long hash, Hits hits) {
        long[] candidates = hashes[piece];
        for (int place = starts[piece][bucket]; place < starts[piece][bucket + 1]; place++) {
            long difference = hash ^ candidates[place];
            int bits = Long.bitCount(difference);
            if (bits <= distance && !isFoundBefore(piece, difference) && !hits.add(places[piece][place], bits)) {
                return false;
            }
        }
        return true;
    }

    private boolean isFoundBefore(int piece, long difference) {
        for (int before = 0; before < piece; before++) {
            if (Integer.bitCount(value(before, difference)) <= reach) {
                return true;
            }
        }
        return false;
    }
}
