/**
 * Files and charts of a training: {@link io.github.multilabel.training.report.CsvLog},
 * {@link io.github.multilabel.training.report.TensorBoardLog} and
 * {@link io.github.multilabel.training.report.LearningCurves}; and of a learning rate range test,
 * {@link io.github.multilabel.training.report.LearningRatePlot}.
 *
 * <p>May use: core, core.internal.files, evaluation.metrics, training.event; SLF4J, XChart.
 */
@NullMarked
package io.github.multilabel.training.report;

import org.jspecify.annotations.NullMarked;
