package io.github.multilabel.model.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.model.MultiHeadBlock;

/**
 * The beginning of a backbone that is not trained, prepared as for prediction: batch norms folded, weights converted
 * once, no graph; see {@link MultiHeadBlock#frozenPart}. Close it to free the prepared weights.
 */
public interface FrozenPart extends AutoCloseable {

    /**
     * What the rest of the model starts from.
     *
     * @param manager will own the result
     * @param image (N, 3, H, W) float32, normalised as the backbone asks; not closed here
     * @return float32: maps (N, C, H', W'), or the features (N, F) if this is the whole backbone
     */
    NDArray run(NDManager manager, NDArray image);

    /** Whether nothing but the heads is left. */
    boolean isWholeBackbone();

    @Override
    void close();
}
