package io.github.multilabel.model.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * A network in two parts: up to the last layer whose values still have a place in the image, and from there to the
 * logits. It has weights of its own. One thread at a time.
 */
public interface HeatProgram extends AutoCloseable {

    /**
     * What the last layer with places gives.
     *
     * @param manager will own the result
     * @param image (N, 3, H, W) float32, normalised; not closed here
     * @return maps (N, C, h, w) or tokens (N, 1 + h * w, C), float32
     */
    NDArray placed(NDManager manager, NDArray image);

    /**
     * The heads over what {@link #placed} gave, in place of the image.
     *
     * @return not to be closed: it is closed with this
     */
    InferenceProgram heads();

    /**
     * Grad-CAM (Selvaraju et al. 2017): {@code relu(sum over k of a_k * A_k)}, {@code A_k} being channel k of what
     * {@link #placed} gave and {@code a_k} the mean over all places of the gradient with regard to it.
     *
     * @param manager will own the result
     * @param placed as {@link #placed} gave it
     * @param weights (N, K) float32, K being the logits of all heads in order: the gradient is that of the sum of their
     *     products
     * @return (N, h * w) float32, at least 0
     */
    NDArray heat(NDManager manager, NDArray placed, NDArray weights);

    /**
     * Where the rows and columns of {@link #heat} lie in an image.
     *
     * @param height of the image that the network takes
     * @param width of the image that the network takes
     */
    HeatGrid grid(int height, int width);

    @Override
    void close();
}
