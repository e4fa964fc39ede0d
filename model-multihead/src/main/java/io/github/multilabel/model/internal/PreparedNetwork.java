package io.github.multilabel.model.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/**
 * A network, or its first layers, prepared for prediction: weights converted once and kept natively. Safe for many
 * threads; close it to free the weights.
 */
public interface PreparedNetwork extends AutoCloseable {

    /**
     * What it computes for a batch of images: the logits of the heads, or without heads the features, or what the last
     * of the first layers gives.
     *
     * @param results will own the result
     * @param image (N, 3, H, W) float32, normalised; not closed here
     * @return one float32 array (N, size) per head; without heads a single one
     * @throws IllegalArgumentException if the image has another shape or data type
     * @throws IllegalStateException if this is closed
     */
    NDList run(NDManager results, NDArray image);

    /** Waits for the running calls, then frees program and weights. */
    @Override
    void close();
}
