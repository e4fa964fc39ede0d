/**
 * Losses: from logits and labels to a scalar. Start at {@link io.github.multilabel.training.loss.HeadLoss}, the loss of
 * one head, of which users bring their own; {@link io.github.multilabel.training.loss.MultiHeadLoss} sums those of all
 * heads in one native call. {@link io.github.multilabel.training.loss.ClassWeights} works against skew.
 *
 * <p>May use: core, training.heads, DJL arrays. Knows nothing of: trainers, models, files.
 */
package io.github.multilabel.training.loss;
