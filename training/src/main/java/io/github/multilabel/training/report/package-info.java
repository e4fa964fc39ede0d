/**
 * What is left on disk after a training, for programs and for people:
 * {@link io.github.multilabel.training.report.MetricsJson}, {@link io.github.multilabel.training.report.HistoryCsv},
 * {@link io.github.multilabel.training.report.LearningCurves}.
 *
 * <p>May use: finished values ({@code training.metrics}, {@code EpochReport}), files. Knows nothing of: arrays, models.
 */
package io.github.multilabel.training.report;
