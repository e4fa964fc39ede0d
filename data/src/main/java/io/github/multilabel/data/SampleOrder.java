package io.github.multilabel.data;

import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.internal.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Which samples come in which batch, and what random numbers each gets: functions of seed, epoch and sample alone. */
final class SampleOrder {

    private static final int ORDER = -1;

    private SampleOrder() {}

    /**
     * The batches of a pass. A place in them says which sample comes, and how often the epoch has had it already: the
     * index, plus the number of samples for each time.
     *
     * @param size the number of samples, at least 1
     * @param batchSize at least 1; the last batch may be smaller
     * @param shuffle whether a training pass has an order of its own
     * @param weighted draws the samples of a training pass, as many as there are; empty if each comes once
     * @return the places of each batch
     */
    static List<long[]> batches(
            int size, int batchSize, boolean shuffle, Optional<WeightedDraw> weighted, DataPass pass) {
        long[] order = order(size, shuffle, weighted, pass);
        List<long[]> batches = new ArrayList<>();
        for (int start = 0; start < size; ) {
            int end = Math.min(size, start + batchSize);
            if (!pass.isBatch(size - end, batchSize)) {
                end = size; // a last one travels with the batch before it
            }
            batches.add(Arrays.copyOfRange(order, start, end));
            start = end;
        }
        return batches;
    }

    private static long[] order(int size, boolean shuffle, Optional<WeightedDraw> weighted, DataPass pass) {
        if (pass.training() && weighted.isPresent()) {
            return numbered(weighted.get().draw(size, random(pass, ORDER)));
        }
        long[] order = LongStream.range(0, size).toArray();
        if (pass.training() && shuffle) {
            shuffle(order, random(pass, ORDER));
        }
        return order;
    }

    private static long[] numbered(int[] drawn) {
        int[] before = new int[drawn.length];
        return IntStream.of(drawn)
                .mapToLong(index -> index + (long) drawn.length * before[index]++)
                .toArray();
    }

    /** The samples of the places of a batch. */
    static int[] indices(long[] places, int size) {
        return LongStream.of(places).mapToInt(place -> index(place, size)).toArray();
    }

    /** The sample of a place in a batch. */
    static int index(long place, int size) {
        return (int) (place % size);
    }

    /** Fisher and Yates. */
    private static void shuffle(long[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            long swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    /** The generator of one place in one epoch: a sample that comes twice is augmented anew. */
    static SplittableRandom random(DataPass pass, long place) {
        return Seeds.ofSample(pass.seed(), pass.epoch(), place);
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
