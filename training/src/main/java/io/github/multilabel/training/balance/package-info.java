/**
 * How the losses of many heads are weighed against each other while they learn. Start at {@link LossBalancing}, the
 * choice; {@link LossBalancer} is the state of one training.
 *
 * <p>May use: core.internal.programs, core.torch, evaluation.loss; DJL.
 */
@NullMarked
package io.github.multilabel.training.balance;

import org.jspecify.annotations.NullMarked;
