package io.github.multilabel.evaluation.internal.counts;

import java.util.Arrays;

/**
 * How often each of very many numbered cells occurred. Only cells that were are kept, so the size follows what was
 * counted, not how many cells there might be.
 */
public final class SparseCounts {

    /** Ascending. */
    private long[] cells;

    private long[] counts;

    /** Nothing was met yet. */
    public SparseCounts() {
        this(new long[0], new long[0]);
    }

    private SparseCounts(long[] cells, long... counts) {
        this.cells = cells;
        this.counts = counts;
    }

    /** A copy that does not change any more. */
    public SparseCounts copy() {
        return new SparseCounts(cells, counts); // the arrays are never written to again
    }

    /** How many cells were met at least once. */
    public int size() {
        return cells.length;
    }

    /** The number of a cell that was met. */
    public long cell(int i) {
        return cells[i];
    }

    /** How often that was. */
    public long count(int i) {
        return counts[i];
    }

    /** Counts each of some cells once, in any order. */
    public void add(long... met) {
        long[] sorted = met.clone();
        Arrays.sort(sorted);
        long[] different = new long[sorted.length];
        long[] times = new long[sorted.length];
        int n = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                different[n++] = sorted[i];
            }
            times[n - 1]++;
        }
        merge(Arrays.copyOf(different, n), Arrays.copyOf(times, n));
    }

    /** Adds counts of cells that ascend. */
    public void merge(long[] others, long... times) {
        long[] allCells = new long[cells.length + others.length];
        long[] allCounts = new long[allCells.length];
        int n = 0;
        int i = 0;
        int j = 0;
        while (i < cells.length || j < others.length) {
            boolean mine = j == others.length || i < cells.length && cells[i] <= others[j];
            boolean other = i == cells.length || j < others.length && others[j] <= cells[i];
            allCells[n] = mine ? cells[i] : others[j];
            allCounts[n++] = (mine ? counts[i++] : 0) + (other ? times[j++] : 0);
        }
        cells = Arrays.copyOf(allCells, n);
        counts = Arrays.copyOf(allCounts, n);
    }
}
