package io.github.multilabel.evaluation.internal.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.core.torch.TorchValue;
import io.github.multilabel.evaluation.internal.counts.HeadCounts;
import io.github.multilabel.evaluation.internal.heads.HeadGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The counts of all heads of one kind, kept on the device and added to by one native call per batch. */
abstract class GroupCounts implements AutoCloseable {

    private final HeadGroup group;
    private final TorchFunction program;

    /**
     * Starts with nothing.
     *
     * @param add the method {@code add(self, logits: List[Tensor], labels: List[Tensor], columns: Tensor, absent:
     *     Tensor, ...) -> List[Tensor]} of a program text; the first array of its result says of each image whether it
     *     is labelled, and whether it is predicted correctly, for all heads of the group
     */
    GroupCounts(NDManager manager, HeadGroup group, String add) {
        this.group = group;
        this.program = TorchFunction.load(manager, HeadGroup.PAD + add);
    }

    HeadGroup group() {
        return group;
    }

    /** The further arguments of {@code add}. */
    abstract List<NDArray> arguments();

    /** Takes what {@code add} found beside its first array; what is kept must be attached to another manager. */
    abstract void take(NDList found);

    /**
     * All that was counted, by name.
     *
     * @param prefix for names that are not of a head
     * @param made will own the arrays that are made for this; others are live
     */
    abstract Map<String, NDArray> state(String prefix, NDManager made);

    /** Takes over a {@link #state}, copied. */
    abstract void restore(String prefix, Map<String, NDArray> saved);

    /** Adds a {@link #state} of the same heads, counted of other images. */
    abstract void add(String prefix, Map<String, NDArray> others);

    /** Brings the counts to Java; waits for the device. */
    abstract Snapshot read();

    /** Counts that were brought to Java. */
    @FunctionalInterface
    interface Snapshot {
        /** What was counted of the head at a position in the group. */
        HeadCounts counts(int index, double loss);
    }

    /**
     * Adds a batch.
     *
     * @param results will own the result
     * @return (2, N) bool: whether an image is labelled for all heads of the group, and whether all are right
     */
    NDArray add(NDManager results, NDList logits, NDList labels) {
        List<Object> arguments =
                new ArrayList<>(List.of(group.select(logits), group.select(labels), group.columns(), group.absent()));
        arguments.addAll(arguments());
        try (TorchValue found = program.run("add", arguments.toArray())) {
            NDList arrays = found.toList(results);
            take(arrays);
            return arrays.get(0);
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
