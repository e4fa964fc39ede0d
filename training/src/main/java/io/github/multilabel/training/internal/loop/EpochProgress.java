package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.evaluation.internal.metrics.EvaluationAccumulator;
import io.github.multilabel.training.event.EpochReport;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** An epoch in the making: all that a training which goes on in its middle must know of its first half. */
final class EpochProgress implements AutoCloseable {

    private static final String NUMBERS = "numbers";

    private final Supplier<EvaluationAccumulator> empty;
    private final EvaluationAccumulator accumulator;
    private int nextBatch;
    private int steps;
    private double position;
    private long images;
    private int skipped;
    /** How many steps changed the model, and how many failed because float16 overflowed or something was not finite. */
    private int learned;

    private int overflowed;
    private int notFinite;
    private double rate;
    private double secondsBefore;
    private final long start = System.nanoTime();

    /** @param empty makes an accumulator of what is counted */
    EpochProgress(Supplier<EvaluationAccumulator> empty) {
        this.empty = empty;
        accumulator = empty.get();
    }

    EvaluationAccumulator accumulator() {
        return accumulator;
    }

    /** The number from 0 of the batch that comes next. */
    int nextBatch() {
        return nextBatch;
    }

    long images() {
        return images;
    }

    /** How many steps there were, skipped ones included. */
    int steps() {
        return steps;
    }

    /** Where in the schedule of the epoch the next step is; the number of steps unless some had to leap. */
    double position() {
        return position;
    }

    /** Whether steps had to leap, and are at the end of the epoch before its batches are. */
    boolean isCutShort(long perEpoch) {
        return position > steps && position >= perEpoch;
    }

    /** How many steps changed the model. */
    int learned() {
        return learned;
    }

    /** How many steps were skipped because the gradient was beyond float16. */
    int overflowed() {
        return overflowed;
    }

    /** How many steps were skipped because a loss or the gradient was not finite. */
    int notFinite() {
        return notFinite;
    }

    /** Of the last step. */
    double rate() {
        return rate;
    }

    /**
     * Notes that batches were learned or skipped in one step.
     *
     * @param stride how far the next step is in the schedule
     */
    void add(BatchGroup batches, double learningRate, StepResult result, double stride) {
        nextBatch = (int) batches.last().getProgress() + 1;
        steps++;
        position += stride;
        images += batches.images();
        switch (result.outcome()) {
            case LEARNED -> learned++;
            case UNLABELLED -> {}
            case OVERFLOWED -> overflowed++;
            case NOT_FINITE -> notFinite++;
        }
        skipped += result.isSkipped() ? batches.batches().size() : 0;
        rate = learningRate;
    }

    /**
     * What the epoch did, without validation.
     *
     * @param number of the epoch, from 1
     * @param group whose members did it together
     */
    EpochReport report(int number, GroupSync group) throws IOException {
        double[] sums = group.sums("epoch", images / seconds(), skipped);
        return new EpochReport(
                number, rate, group.others().evaluation(empty, accumulator), Optional.empty(), sums[0], (int) sums[1]);
    }

    private double seconds() {
        return secondsBefore + (System.nanoTime() - start) / 1e9;
    }

    /** Everything, by name; {@code made} owns what is made for this. */
    Map<String, NDArray> state(NDManager made) {
        Map<String, NDArray> state = new LinkedHashMap<>();
        accumulator.state(made).forEach((name, array) -> state.put("metrics." + name, array));
        state.put(NUMBERS, made.create(new double[] {
            nextBatch, steps, images, skipped, rate, seconds(), learned, overflowed, notFinite, position
        }));
        return state;
    }

    void restore(Map<String, NDArray> saved) {
        accumulator.restore(NamedArrays.under("metrics.", saved));
        double[] numbers = NamedArrays.of(saved, NUMBERS).toDoubleArray();
        nextBatch = (int) numbers[0];
        steps = (int) numbers[1];
        images = (long) numbers[2];
        skipped = (int) numbers[3];
        rate = numbers[4];
        secondsBefore = numbers[5];
        if (numbers.length > 6) {
            learned = (int) numbers[6];
            overflowed = (int) numbers[7];
            notFinite = (int) numbers[8];
        } else { // of an earlier release, which counted skipped batches only
            learned = Math.max(0, steps - skipped);
        }
        position = numbers.length > 9 ? numbers[9] : steps; // earlier releases knew no limit of time
    }

    @Override
    public void close() {
        accumulator.close();
    }
}
