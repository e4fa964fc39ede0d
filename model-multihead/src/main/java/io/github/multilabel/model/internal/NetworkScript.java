package io.github.multilabel.model.internal;

import ai.djl.ndarray.NDList;

/**
 * A network and its heads as a program that is kept, such as in a TorchScript file.
 *
 * @param text the method {@code forward(x, p)} of a {@link io.github.multilabel.core.torch.TorchFunction}: from images
 *     x (N, 3, H, W) float32, normalised, and the list p of all weights to a list of the logits (N, K) of each head
 * @param weights as the text takes them, float32
 */
public record NetworkScript(String text, NDList weights) {}
