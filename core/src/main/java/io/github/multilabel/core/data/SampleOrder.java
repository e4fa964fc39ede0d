package io.github.multilabel.core.data;

import io.github.multilabel.core.Pass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Which samples come in which batch, and what random numbers each gets: functions of seed, epoch and sample alone. */
final class SampleOrder {

    private static final int ORDER = -1;

    private SampleOrder() {}

    /**
     * The batches of a pass.
     *
     * @param size the number of samples, at least 1
     * @param batchSize at least 1; the last batch may be smaller
     * @param shuffle whether a training pass has an order of its own
     * @return the indices of the samples of each batch
     */
    static List<int[]> batches(int size, int batchSize, boolean shuffle, Pass pass) {
        int[] order = IntStream.range(0, size).toArray();
        if (pass.training() && shuffle) {
            shuffle(order, random(pass, ORDER));
        }
        List<int[]> batches = new ArrayList<>();
        for (int start = 0; start < size; ) {
            int end = Math.min(size, start + batchSize);
            // batch norm of a single image is undefined: a last one travels with the batch before it
            if (pass.training() && batchSize > 1 && size - end == 1) {
                end = size;
            }
            batches.add(Arrays.copyOfRange(order, start, end));
            start = end;
        }
        return batches;
    }

    /** Fisher and Yates. */
    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    /** The generator of one sample in one epoch. */
    static SplittableRandom random(Pass pass, int index) {
        return new SplittableRandom(mix(mix(mix(pass.seed()) + pass.epoch()) + index));
    }

    /** The finalizer of MurmurHash3, so that neighbouring seeds, epochs and samples have nothing in common. */
    private static long mix(long z) {
        z = (z ^ z >>> 33) * 0xff51afd7ed558ccdL;
        z = (z ^ z >>> 33) * 0xc4ceb9fe1a85ec53L;
        return z ^ z >>> 33;
    }

    /**
     * A part of the samples, spread evenly: one at random from each of {@code count} stretches of equal length, so that
     * neither a sorted table nor one with a rhythm loses categories.
     */
    static int[] spread(int size, int count) {
        SplittableRandom random = new SplittableRandom(0);
        return IntStream.range(0, count)
                .map(i -> {
                    int from = (int) ((long) size * i / count);
                    int to = (int) ((long) size * (i + 1) / count);
                    return from + random.nextInt(to - from);
                })
                .toArray();
    }
}
