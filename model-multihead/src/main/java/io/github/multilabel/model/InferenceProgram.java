package io.github.multilabel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/** Computes logits only: no graph, weights prepared once. Safe for many threads. */
public interface InferenceProgram extends AutoCloseable {

    /**
     * The logits of a batch of images.
     *
     * @param manager will own the result
     * @param image (N, 3, H, W) float32, normalised as the backbone asks; not closed here
     * @return one (N, K) float32 array per head, named after it, in the order of the heads
     */
    NDList logits(NDManager manager, NDArray image);

    @Override
    void close();
}
