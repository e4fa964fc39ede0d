/**
 * All metrics of kept predictions, with intervals: {@link io.github.multilabel.evaluation.scoring.PredictionMetrics}.
 * Each is a function of how often each image counts ({@link io.github.multilabel.evaluation.scoring.Resampler}), so
 * that a resample is the same with other counts.
 *
 * <p>May use: core, core.internal, core.internal.message, evaluation.calibration, evaluation.internal.counts,
 * evaluation.metrics, evaluation.mistakes, evaluation.predictions, model.heads; the JDK alone.
 */
@NullMarked
package io.github.multilabel.evaluation.scoring;

import org.jspecify.annotations.NullMarked;
