package io.github.multilabel.data.split;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import java.util.Arrays;
import java.util.List;

/**
 * What a row can have and each part wants its fraction of: that it is a row, a category of a head, no category of a
 * multi-label head, no known label at all; and pairs of these, as Szymański and Kajdanowicz propose (<a
 * href="https://proceedings.mlr.press/v74/szyma%C5%84ski17a.html">A Network Perspective on Stratification of
 * Multi-Label Data</a>, 2017), so that rare combinations are spread too.
 *
 * @param count the number of traits; the pairs come last
 * @param firstPair the first of them that is a pair
 * @param ofRow the traits of each row, {@link #ROW} first
 * @param pairsLeftOut how many pairs of labels the rows have if these are too many to be spread, otherwise 0
 */
record Strata(int count, int firstPair, int[][] ofRow, long pairsLeftOut) {

    /** The trait of every row: its fraction of a part is the part's size. */
    static final int ROW = 0;

    static final int NOTHING_KNOWN = 1;
    private static final int FIRST_HEAD = 2;

    /** Beyond, pairs would cost more memory and time than they are worth: ten labels each of 100,000 rows. */
    static final int MOST_PAIRS = 5_000_000;

    /** Only that each row is a row. */
    static Strata none(int rows) {
        int[][] ofRow = new int[rows][];
        Arrays.fill(ofRow, new int[] {ROW});
        return new Strata(NOTHING_KNOWN, NOTHING_KNOWN, ofRow, 0);
    }

    /**
     * The traits of rows that have the same heads.
     *
     * @param room the size of the largest part
     */
    static Strata of(List<Labels> labels, int room) {
        HeadSet heads = labels.get(0).heads();
        int[] offsets = new int[heads.size()];
        int count = FIRST_HEAD;
        for (int h = 0; h < offsets.length; h++) {
            offsets[h] = count;
            count += heads.get(h).size() + 1; // and one for none of its categories
        }
        int[][] ofRow = new int[labels.size()][];
        for (int row = 0; row < ofRow.length; row++) {
            ofRow[row] = single(heads, offsets, labels.get(row));
        }
        leaveOutLonely(ofRow, count, room);
        long pairs = 0;
        for (int[] traits : ofRow) {
            pairs += pairs(traits);
        }
        return pairs > MOST_PAIRS ? new Strata(count, count, ofRow, pairs) : withPairs(count, ofRow, (int) pairs);
    }

    /**
     * A category of one row belongs into the largest part. Where there are so many that one row of each of the others
     * has no room beside them, they ask for nothing: no part can have them all, and others can be shared.
     */
    private static void leaveOutLonely(int[][] ofRow, int count, int room) {
        int[] totals = new int[count];
        for (int[] traits : ofRow) {
            for (int trait : traits) {
                totals[trait]++;
            }
        }
        long lonely = Arrays.stream(totals).filter(total -> total == 1).count();
        long others = Arrays.stream(totals).filter(total -> total > 1).count();
        if (lonely + others > room) {
            for (int row = 0; row < ofRow.length; row++) {
                ofRow[row] = Arrays.stream(ofRow[row])
                        .filter(trait -> trait == ROW || totals[trait] > 1)
                        .toArray();
            }
        }
    }

    private static int[] single(HeadSet heads, int[] offsets, Labels labels) {
        int[] found = new int[1 + heads.totalCategories()];
        int count = 1; // the first stays ROW
        for (int h = 0; h < offsets.length; h++) {
            Head head = heads.get(h);
            if (labels.isMissing(head.name())) {
                continue;
            }
            List<Integer> categories = labels.indices(head.name());
            if (categories.isEmpty()) {
                found[count++] = offsets[h] + head.size();
            }
            for (int category : categories) {
                found[count++] = offsets[h] + category;
            }
        }
        if (count == 1) {
            found[count++] = NOTHING_KNOWN;
        }
        return Arrays.copyOf(found, count);
    }

    private static long pairs(int[] single) {
        return (single.length - 1L) * (single.length - 2) / 2;
    }

    private static Strata withPairs(int firstPair, int[][] single, int pairs) {
        long[] all = new long[pairs];
        int filled = 0;
        for (int[] traits : single) {
            long[] keys = keys(traits);
            System.arraycopy(keys, 0, all, filled, keys.length);
            filled += keys.length;
        }
        long[] repeated = repeated(all);
        int[][] ofRow = new int[single.length][];
        for (int row = 0; row < ofRow.length; row++) {
            long[] keys = keys(single[row]);
            int[] traits = Arrays.copyOf(single[row], single[row].length + keys.length);
            int count = single[row].length;
            for (long key : keys) {
                int index = Arrays.binarySearch(repeated, key);
                if (index >= 0) {
                    traits[count++] = firstPair + index;
                }
            }
            ofRow[row] = Arrays.copyOf(traits, count);
        }
        return new Strata(firstPair + repeated.length, firstPair, ofRow, 0);
    }

    private static long[] keys(int[] single) {
        long[] keys = new long[(int) pairs(single)];
        int count = 0;
        for (int i = 1; i < single.length; i++) {
            for (int j = i + 1; j < single.length; j++) {
                keys[count++] = (long) single[i] << Integer.SIZE | single[j];
            }
        }
        return keys;
    }

    /** Those that occur at least twice, sorted, each once: a pair of one row cannot be shared. */
    private static long[] repeated(long[] keys) {
        Arrays.sort(keys);
        int count = 0;
        for (int i = 1; i < keys.length; i++) {
            if (keys[i] == keys[i - 1] && (count == 0 || keys[count - 1] != keys[i])) {
                keys[count++] = keys[i];
            }
        }
        return Arrays.copyOf(keys, count);
    }
}
