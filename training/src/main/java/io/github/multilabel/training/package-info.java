/**
 * Training: {@link MultiLabelTrainer} turns a data set into a model, and is where to start. What it reports is in
 * {@code training.event}, how it goes about it in {@code training.schedule}, {@code training.optimizer},
 * {@code training.balance} and {@code training.mix}.
 *
 * <p>May use: core, core.image, core.internal, core.internal.message, core.internal.options, core.torch,
 * core.torch.internal, evaluation, evaluation.calibration, evaluation.internal, evaluation.internal.heads,
 * evaluation.loss, evaluation.metrics, evaluation.predictions, evaluation.report, model, model.backbone, model.card,
 * model.combination, model.drift, model.heads, model.network, training.balance, training.event, training.group,
 * training.internal.loop, training.internal.settings, training.mix, training.optimizer, training.schedule; DJL, SLF4J.
 */
@NullMarked
package io.github.multilabel.training;

import org.jspecify.annotations.NullMarked;
