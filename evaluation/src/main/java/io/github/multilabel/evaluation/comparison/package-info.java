/**
 * What differs between two models, judged by the same images:
 * {@link io.github.multilabel.evaluation.comparison.Comparison}, and conditions on it that stop a build:
 * {@link io.github.multilabel.evaluation.comparison.Condition}.
 *
 * <p>May use: core, core.internal.message, evaluation.metrics, evaluation.predictions, evaluation.scoring, model.heads;
 * Gson.
 */
@NullMarked
package io.github.multilabel.evaluation.comparison;

import org.jspecify.annotations.NullMarked;
