/**
 * Losses: from logits and labels to a scalar. Start at {@link Losses}, those on offer; {@link HeadLoss} is the loss of
 * one head, of which users bring their own; {@link MultiHeadLoss} sums those of all heads, one native call for all of a
 * kind. {@link ClassWeights} works against skew.
 *
 * <p>May use: core, core.torch, evaluation.internal.heads; DJL, SLF4J.
 */
package io.github.multilabel.evaluation.loss;
