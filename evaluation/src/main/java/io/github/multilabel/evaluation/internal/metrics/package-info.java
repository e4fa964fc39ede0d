/**
 * How an evaluation comes about: {@link io.github.multilabel.evaluation.internal.metrics.EvaluationAccumulator} counts
 * batch by batch on the device, {@link io.github.multilabel.evaluation.internal.metrics.EvaluationJson} saves what was
 * counted and reads it back.
 *
 * <p>May use: core, core.internal.programs, core.torch, evaluation.internal.counts, evaluation.internal.heads,
 * evaluation.metrics; DJL, Gson.
 */
@NullMarked
package io.github.multilabel.evaluation.internal.metrics;

import org.jspecify.annotations.NullMarked;
