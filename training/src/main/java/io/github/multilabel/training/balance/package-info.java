/**
 * How the losses of many heads are weighed against each other while they learn. Start at
 * {@link io.github.multilabel.training.balance.Balance}, the choice;
 * {@link io.github.multilabel.training.balance.Balancing} is the state of one training.
 *
 * <p>May use: core, training.loss, DJL arrays. Knows nothing of: optimizers, trainers, files.
 */
package io.github.multilabel.training.balance;
