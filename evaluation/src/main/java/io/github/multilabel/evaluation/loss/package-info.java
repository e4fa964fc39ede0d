/**
 * Losses of heads, from logits and labels to a scalar. Start at {@link io.github.multilabel.evaluation.loss.Losses};
 * {@link io.github.multilabel.evaluation.loss.HeadLoss} is the interface for a loss of your own, and
 * {@link io.github.multilabel.evaluation.loss.ClassWeights} weighs imbalanced categories.
 *
 * <p>May use: core, core.internal.message, evaluation.internal.heads; DJL, SLF4J.
 */
@NullMarked
package io.github.multilabel.evaluation.loss;

import org.jspecify.annotations.NullMarked;
