package io.github.multilabel.evaluation.scoring;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * How often each of some numbered cells occurred in each unit, such as the cells of a confusion matrix. Only what
 * occurred is kept. The counts of a resample are sums of it.
 */
final class CellCounts {

    /** The cell's bits in a key, of which the unit has the rest. */
    private static final int CELL_BITS = 48;

    private static final long CELL_MASK = (1L << CELL_BITS) - 1;

    /** Ascending. */
    private final long[] cells;
    /** Where the entries of each unit begin. */
    private final int[] starts;
    /** The place of each entry's cell in {@link #cells}. */
    private final int[] places;

    private final int[] counts;

    private CellCounts(int units, long[] keys, int[] counts) {
        this.counts = counts;
        cells = LongStream.of(keys)
                .map(key -> key & CELL_MASK)
                .sorted()
                .distinct()
                .toArray();
        places = new int[keys.length];
        starts = new int[units + 1];
        for (int i = 0; i < keys.length; i++) {
            places[i] = Arrays.binarySearch(cells, keys[i] & CELL_MASK);
            starts[(int) (keys[i] >>> CELL_BITS) + 1] = i + 1;
        }
        for (int unit = 0; unit < units; unit++) {
            starts[unit + 1] = Math.max(starts[unit], starts[unit + 1]);
        }
    }

    /**
     * Counts under weights.
     *
     * @param weights how often each unit was drawn
     */
    Counted under(int... weights) {
        long[] sums = new long[cells.length];
        for (int unit = 0; unit < weights.length; unit++) {
            int weight = weights[unit];
            if (weight == 0) {
                continue;
            }
            int end = starts[unit + 1];
            for (int i = starts[unit]; i < end; i++) {
                sums[places[i]] += (long) weight * counts[i];
            }
        }
        return new Counted(cells, sums);
    }

    /** Gives each cell that occurred in a unit, unit by unit. */
    void each(Entry entry) {
        for (int unit = 0; unit + 1 < starts.length; unit++) {
            for (int i = starts[unit]; i < starts[unit + 1]; i++) {
                entry.accept(unit, cells[places[i]], counts[i]);
            }
        }
    }

    /** Is told how often a cell occurred in a unit. */
    @FunctionalInterface
    interface Entry {
        /** Takes it. */
        void accept(int unit, long cell, int count);
    }

    /**
     * What was counted.
     *
     * @param cells ascending
     * @param counts of each
     */
    record Counted(long[] cells, long[] counts) {

        /** How often a cell occurred. */
        long of(long cell) {
            int place = Arrays.binarySearch(cells, cell);
            return place < 0 ? 0 : counts[place];
        }

        long total() {
            return LongStream.of(counts).sum();
        }
    }

    /** Counts one after the other; compacts what it has now and then, so that memory follows the cells that occur. */
    static final class Builder {

        private static final int FIRST_ROOM = 1 << 12;

        private final int units;
        private long[] keys = new long[FIRST_ROOM];
        private int[] counts = new int[FIRST_ROOM];
        private int size;
        private int sorted;

        Builder(int units) {
            this.units = units;
        }

        void add(int unit, long cell) {
            if (size == keys.length) {
                compact();
                if (size > keys.length / 2) {
                    keys = Arrays.copyOf(keys, keys.length * 2);
                    counts = Arrays.copyOf(counts, keys.length);
                }
            }
            keys[size] = (long) unit << CELL_BITS | cell;
            counts[size++] = 1;
        }

        /** Sorts the keys that were added since, and merges them with those before, which are sorted. */
        private void compact() {
            int old = sorted;
            long[] added = Arrays.copyOfRange(keys, old, size);
            Arrays.sort(added);
            long[] allKeys = new long[keys.length];
            int[] allCounts = new int[keys.length];
            int n = 0;
            int i = 0;
            int j = 0;
            while (i < old || j < added.length) {
                boolean mine = j == added.length || i < old && keys[i] <= added[j];
                long key = mine ? keys[i] : added[j];
                int count = mine ? counts[i++] : 1;
                j += mine ? 0 : 1;
                if (n > 0 && allKeys[n - 1] == key) {
                    allCounts[n - 1] += count;
                } else {
                    allKeys[n] = key;
                    allCounts[n++] = count;
                }
            }
            keys = allKeys;
            counts = allCounts;
            size = n;
            sorted = n;
        }

        CellCounts build() {
            compact();
            return new CellCounts(units, Arrays.copyOf(keys, size), Arrays.copyOf(counts, size));
        }
    }
}
