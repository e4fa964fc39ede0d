/**
 * Optimizers: from gradients to better weights. {@link Optimizers} has those on offer, {@link OptimizerSettings} is one
 * with its constants.
 *
 * <p>May use: training.internal.optimizer; DJL.
 */
@NullMarked
package io.github.multilabel.training.optimizer;

import org.jspecify.annotations.NullMarked;
