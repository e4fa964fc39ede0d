/**
 * How good a model is. Start at {@link Evaluator}; {@link MetricsJson} keeps the answer in a file.
 *
 * <p>May use: core, core.internal.files, core.internal.tensors, core.torch, evaluation.internal, evaluation.loss,
 * evaluation.metrics, model, model.internal; DJL, Gson.
 */
package io.github.multilabel.evaluation;
