package io.github.multilabel.training.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.training.heads.HeadGroup;

/** The counts of all heads of one kind, kept on the device and added to by one native call per batch. */
interface GroupCounts extends AutoCloseable {

    /** The heads. */
    HeadGroup group();

    /**
     * Adds a batch.
     *
     * @param results will own the result
     * @return (2, N) bool: whether an image is labelled for all heads of the group, and whether all are right
     */
    NDArray add(NDManager results, NDList logits, NDList labels);

    /** Brings the counts to Java: the metrics of the head at a position in the group, given its loss. */
    Snapshot read();

    @Override
    void close();

    /** Counts that were brought to Java. */
    interface Snapshot {
        HeadMetrics metrics(int index, double loss);
    }
}
