package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.internal.Seeds;
import io.github.multilabel.core.internal.programs.ArrayCopy;
import io.github.multilabel.core.torch.internal.EngineLock;
import io.github.multilabel.evaluation.internal.EvaluationLoop;
import io.github.multilabel.evaluation.internal.metrics.EvaluationAccumulator;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.training.group.TrainingGroup;
import io.github.multilabel.training.internal.settings.GroupSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Keeps a training alike with the others of its group. In each round all members tell how far they are, and average
 * their weights by the images that each has seen since the last one. A member whose batches are over takes part with a
 * weight of 0, until those of all are. Of a training by itself it does nothing.
 */
final class GroupSync {

    private static final int PROGRESS_BYTES = Long.BYTES + 2;

    private final NDManager manager;
    private final TrainingControl control;
    private final Optional<GroupSettings> settings;
    /** Live arrays that change in this phase, by name. */
    private final Map<String, NDArray> arrays = new LinkedHashMap<>();

    private int steps;
    private long images;
    private long rounds;
    private boolean isStopAgreed;

    GroupSync(NDManager manager, TrainingControl control, Optional<GroupSettings> settings) {
        this.manager = manager;
        this.control = control;
        this.settings = settings;
    }

    /** A phase begins, in which what is frozen of the model does not change. */
    void begin(MultiHeadBlock block, WeightAverage average) {
        arrays.clear();
        ChangingArrays.of(block.parametersByName()).forEach((name, array) -> {
            arrays.put(name, array);
            NDArray averaged = average.averages().get(name);
            if (averaged != null) {
                arrays.put("average of " + name, averaged);
            }
        });
    }

    /** Whether there are others. */
    boolean isInGroup() {
        return settings.isPresent();
    }

    /** Whether to stop: a member of a group only where all do. */
    boolean isStopAsked() {
        return isInGroup() ? isStopAgreed : control.isStopAsked();
    }

    /** The seed of what is random within the model: members have others, or all would drop the same. */
    long seed(long seed) {
        return settings.map(member -> member.group().rank())
                .filter(rank -> rank > 0)
                .map(rank -> Seeds.ofStep(seed, rank, 0))
                .orElse(seed);
    }

    /** What a round left to do. */
    @FunctionalInterface
    interface AfterRound {
        /**
         * Called when weights are averaged, with the number of the round from 1, while an epoch is not over for all.
         */
        void done(long round);
    }

    /** Notes a step, and takes part in a round if it is time. */
    void stepped(int seen, AfterRound after) {
        if (isInGroup()) {
            steps++;
            images += seen;
            if (steps >= settings.get().period()) {
                round(false, after);
            }
        }
    }

    /** Takes part in rounds until the batches of all members are over. */
    void endEpoch(AfterRound after) {
        boolean isOver = !isInGroup();
        while (!isOver && !isStopAgreed) {
            isOver = round(true, after);
        }
    }

    /** Returns whether the batches of all members are over. */
    private boolean round(boolean isOver, AfterRound after) {
        TrainingGroup group = settings.orElseThrow().group();
        try {
            ByteBuffer told = ByteBuffer.allocate(PROGRESS_BYTES)
                    .putLong(images)
                    .put((byte) (isOver ? 1 : 0))
                    .put((byte) (control.isStopAsked() ? 1 : 0));
            long seen = 0;
            boolean allOver = true;
            for (byte[] each : group.gather("progress", told.array())) {
                ByteBuffer member = ByteBuffer.wrap(each);
                seen += member.getLong();
                allOver &= member.get() == 1;
                isStopAgreed |= member.get() == 1;
            }
            if (seen > 0) {
                average(group);
            }
            steps = 0;
            images = 0;
            rounds++;
            if (!allOver) {
                after.done(rounds);
            }
            return allOver;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Without {@link EngineLock} while it waits: other members may be of this process. */
    private void average(TrainingGroup group) throws IOException {
        int length = Math.toIntExact(
                arrays.values().stream().mapToLong(NDArray::size).sum());
        float[] values = new float[length];
        try (EngineLock turn = EngineLock.take()) {
            int start = 0;
            for (NDArray array : arrays.values()) {
                float[] own = array.toFloatArray();
                System.arraycopy(own, 0, values, start, own.length);
                start += own.length;
            }
        }
        group.average("weights", values, images);
        try (EngineLock turn = EngineLock.take();
                NDManager made = manager.newSubManager()) {
            Map<String, NDArray> means = new LinkedHashMap<>();
            int start = 0;
            for (Map.Entry<String, NDArray> each : arrays.entrySet()) {
                float[] mean = new float[Math.toIntExact(each.getValue().size())];
                System.arraycopy(values, start, mean, 0, mean.length);
                start += mean.length;
                means.put(each.getKey(), made.create(mean, each.getValue().getShape()));
            }
            ArrayCopy.copy(made, arrays, means);
        }
    }

    /**
     * Whether a checkpoint is due after a round, so that all members save after the same ones.
     *
     * @param interval in steps of a member; empty if only epochs end with one
     */
    boolean isCheckpointDue(long round, OptionalInt interval) {
        return interval.isPresent()
                && round
                                % Math.max(
                                        1,
                                        interval.getAsInt()
                                                / settings.orElseThrow().period())
                        == 0;
    }

    /** Adds what the other members count to what this one does. */
    EvaluationLoop.Others others() {
        return isInGroup() ? this::merged : EvaluationLoop.Others.NONE;
    }

    private Evaluation merged(Supplier<EvaluationAccumulator> empty, EvaluationAccumulator own) throws IOException {
        try (NDManager made = manager.newSubManager();
                EvaluationAccumulator sums = empty.get()) {
            NDList named = new NDList();
            own.state(made).forEach((name, array) -> {
                NDArray copy = array.duplicate();
                copy.attach(made);
                copy.setName(name);
                named.add(copy);
            });
            for (byte[] each : settings.orElseThrow().group().gather("counts", named.encode())) {
                Map<String, NDArray> counted = new LinkedHashMap<>();
                NDList.decode(made, each).forEach(array -> counted.put(array.getName(), array));
                sums.add(counted);
            }
            return sums.evaluation();
        }
    }

    /** The sums of numbers over all members. */
    double[] sums(String what, double... own) throws IOException {
        if (!isInGroup()) {
            return own;
        }
        ByteBuffer told = ByteBuffer.allocate(Double.BYTES * own.length);
        told.asDoubleBuffer().put(own);
        double[] sums = new double[own.length];
        for (byte[] each : settings.get().group().gather(what, told.array())) {
            DoubleBuffer numbers = ByteBuffer.wrap(each).asDoubleBuffer();
            Arrays.setAll(sums, i -> sums[i] + numbers.get(i));
        }
        return sums;
    }
}
