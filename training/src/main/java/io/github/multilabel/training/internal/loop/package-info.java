/**
 * The loop of the training and its state. Start at {@link TrainingRun}, one call of {@code fit}: it goes through phases
 * ({@code PhaseRun}), epochs and steps ({@code TrainingStep}), evaluates, keeps the best weights ({@code BestWeights})
 * and saves checkpoints ({@code Checkpoints}, {@code TrainingState}). {@code Soundness} decides whether a training may
 * go on and end as a success.
 *
 * <p>May use: core, core.image, core.internal, core.internal.files, core.internal.message, core.internal.programs,
 * core.internal.tensors, core.torch, core.torch.internal, evaluation, evaluation.calibration, evaluation.internal,
 * evaluation.internal.metrics, evaluation.loss, evaluation.metrics, evaluation.predictions, evaluation.scoring, model,
 * model.card, model.combination, model.drift, model.heads, model.internal, model.network, training.balance,
 * training.event, training.group, training.internal.checkpoint, training.internal.features, training.internal.mix,
 * training.internal.optimizer, training.internal.settings, training.optimizer, training.schedule; DJL, Gson, SLF4J,
 * progressbar.
 */
@NullMarked
package io.github.multilabel.training.internal.loop;

import org.jspecify.annotations.NullMarked;
