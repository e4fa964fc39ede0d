/**
 * Evaluation of models. Start at {@link Evaluator}; {@link MetricsJson} writes the metrics to a file.
 *
 * <p>May use: core, core.internal.files, core.internal.message, core.torch, evaluation.calibration,
 * evaluation.internal, evaluation.metrics, evaluation.mistakes, evaluation.predictions, evaluation.scoring, model,
 * model.combination, model.drift, model.heads; DJL, Gson.
 */
@NullMarked
package io.github.multilabel.evaluation;

import org.jspecify.annotations.NullMarked;
