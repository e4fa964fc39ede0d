/**
 * How good a model is. Start at {@link Evaluator}; {@link MetricsJson} keeps the answer in a file.
 *
 * <p>May use: core, core.internal.files, core.torch, evaluation.internal, evaluation.metrics, model; DJL, Gson.
 */
@NullMarked
package io.github.multilabel.evaluation;

import org.jspecify.annotations.NullMarked;
