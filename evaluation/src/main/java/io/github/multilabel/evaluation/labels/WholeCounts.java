package io.github.multilabel.evaluation.labels;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Whole numbers near some others, with the same sum: {@code internal.util.round_preserving_sum} of cleanlab 2.9.0. */
final class WholeCounts {

    private WholeCounts() {}

    static int[] of(double[] counts) {
        int[] whole = new int[counts.length];
        double exact = 0;
        long sum = 0;
        for (int i = 0; i < counts.length; i++) {
            whole[i] = (int) Math.rint(counts[i]);
            exact += counts[i];
            sum += whole[i];
        }
        long lacking = (long) Math.rint(exact) - sum;
        while (lacking != 0) {
            int step = lacking < 0 ? -1 : 1;
            List<Integer> ascending = IntStream.range(0, counts.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> counts[i] - whole[i]))
                    .toList();
            int changes = (int) Math.min(Math.abs(lacking), counts.length);
            for (int i = 0; i < changes; i++) {
                whole[step > 0 ? ascending.get(counts.length - 1 - i) : ascending.get(i)] += step;
            }
            lacking -= (long) step * changes;
        }
        return whole;
    }
}
