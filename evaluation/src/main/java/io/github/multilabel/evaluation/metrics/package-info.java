/**
 * Metrics. {@link io.github.multilabel.evaluation.metrics.Evaluation} has the metrics of a model on a data set,
 * {@link io.github.multilabel.evaluation.metrics.HeadMetrics} those of one head, and
 * {@link io.github.multilabel.evaluation.metrics.Metric} is one of them by its name in options and logs. The values
 * equal scikit-learn's where it defines them; undefined values are NaN.
 *
 * <p>May use: core, core.internal.message, evaluation.internal.counts; the JDK alone.
 */
@NullMarked
package io.github.multilabel.evaluation.metrics;

import org.jspecify.annotations.NullMarked;
