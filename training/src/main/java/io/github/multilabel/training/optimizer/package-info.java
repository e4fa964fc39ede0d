/**
 * Optimizers: from gradients to better weights. {@link io.github.multilabel.training.optimizer.Optimizers} has the
 * settings, {@link io.github.multilabel.training.optimizer.Optimizer} is the state of one run over all parameters,
 * which it steps in one native call.
 *
 * <p>May use: core.torch, DJL arrays. Knows nothing of: heads, losses, trainers.
 */
package io.github.multilabel.training.optimizer;
