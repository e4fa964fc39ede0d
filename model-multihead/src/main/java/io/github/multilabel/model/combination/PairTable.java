package io.github.multilabel.model.combination;

import io.github.multilabel.core.Labels;
import java.util.Arrays;

/**
 * How often the categories of two heads came together, without the pairs that never did.
 *
 * @param given the position of the one head
 * @param head the position of the other
 * @param starts for each category of the first where its pairs begin, and where the last ends
 * @param categories of the second head, ascending within each category of the first
 * @param counts how many rows have the pair, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // read in this package alone
record PairTable(int given, int head, int[] starts, int[] categories, int[] counts) {

    /**
     * Counts the rows that have both labels.
     *
     * @param rows those that have the label of the first head, by its category, with {@code ends} between categories
     * @param ends where the rows of each category end
     * @param labels of the second head, by row
     * @param size the number of its categories
     */
    static PairTable count(int given, int head, int[] rows, int[] ends, int[] labels, int size) {
        int[] found = new int[size];
        int[] starts = new int[ends.length + 1];
        int[] categories = new int[size];
        int[] counts = new int[size];
        int row = 0;
        int length = 0;
        for (int category = 0; category < ends.length; category++) {
            for (; row < ends[category]; row++) {
                int label = labels[rows[row]];
                if (label != Labels.MISSING) {
                    found[label]++;
                }
            }
            for (int label = 0; label < size; label++) {
                if (found[label] > 0) {
                    if (length == counts.length) {
                        categories = Arrays.copyOf(categories, 2 * length);
                        counts = Arrays.copyOf(counts, 2 * length);
                    }
                    categories[length] = label;
                    counts[length++] = found[label];
                    found[label] = 0;
                }
            }
            starts[category + 1] = length;
        }
        return new PairTable(given, head, starts, Arrays.copyOf(categories, length), Arrays.copyOf(counts, length));
    }

    Smoothing smoothing() {
        return Smoothing.of(counts);
    }

    /**
     * What the table is worth for all its rows, see {@link Smoothing#gain}.
     *
     * @param logs the logarithms of the probabilities of the categories, by head
     */
    double gain(double[][] logs) {
        Smoothing smoothing = smoothing();
        double gain = 0;
        for (int category = 0; category < starts.length - 1; category++) {
            for (int i = starts[category]; i < starts[category + 1]; i++) {
                gain += smoothing.gain(counts[i], logs[given][category] + logs[head][categories[i]]);
            }
        }
        return gain;
    }

    /** How many rows have a pair. */
    int count(int category, int other) {
        int at = Arrays.binarySearch(categories, starts[category], starts[category + 1], other);
        return at < 0 ? 0 : counts[at];
    }
}
