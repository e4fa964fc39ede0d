/**
 * Losses: from logits and labels to a scalar. Start at {@link io.github.multilabel.training.loss.Losses}, those on
 * offer; {@link io.github.multilabel.training.loss.HeadLoss} is the loss of one head, of which users bring their own;
 * {@link io.github.multilabel.training.loss.MultiHeadLoss} sums those of all heads, one native call for all of a kind.
 * {@link io.github.multilabel.training.loss.ClassWeights} works against skew.
 *
 * <p>May use: core, training.heads, DJL arrays. Knows nothing of: trainers, models, files.
 */
package io.github.multilabel.evaluation.loss;
