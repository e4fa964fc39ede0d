/**
 * All settings of a training in one place: {@link TrainingSettings} has four records, for the model, the loss, the
 * optimisation and the control. Each has a {@link Fingerprint}, by which a checkpoint knows it: a setting that is added
 * is compared when a training is resumed, or declared free.
 *
 * <p>May use: core, core.image, core.torch, evaluation.loss, evaluation.metrics, model.backbone, model.combination,
 * model.heads, model.network, training.balance, training.event, training.group, training.mix, training.optimizer,
 * training.schedule; DJL.
 */
@NullMarked
package io.github.multilabel.training.internal.settings;

import org.jspecify.annotations.NullMarked;
