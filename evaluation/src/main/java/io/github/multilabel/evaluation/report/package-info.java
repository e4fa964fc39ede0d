/**
 * What a model does on labelled images as one page, for people to look at and to hand on:
 * {@link io.github.multilabel.evaluation.report.EvaluationReport}.
 *
 * <p>May use: core, core.image, core.image.decode, core.internal.files, core.internal.message, core.internal.options,
 * evaluation.calibration, evaluation.internal.page, evaluation.labels, evaluation.metrics, evaluation.mistakes,
 * evaluation.predictions, evaluation.scoring, model, model.explain; the JDK alone.
 */
@NullMarked
package io.github.multilabel.evaluation.report;

import org.jspecify.annotations.NullMarked;
