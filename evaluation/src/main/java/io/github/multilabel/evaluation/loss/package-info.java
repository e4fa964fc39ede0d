/**
 * Losses: from logits and labels to a scalar. Start at {@link io.github.multilabel.evaluation.loss.Losses}, those on
 * offer; {@link io.github.multilabel.evaluation.loss.HeadLoss} is the loss of one head, of which users bring their own.
 * {@link io.github.multilabel.evaluation.loss.ClassWeights} works against skew.
 *
 * <p>May use: core, evaluation.internal.heads; DJL, SLF4J.
 */
@NullMarked
package io.github.multilabel.evaluation.loss;

import org.jspecify.annotations.NullMarked;
