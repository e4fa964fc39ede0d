/**
 * What is left on disk after a training, for programs and for people:
 * {@link io.github.multilabel.training.report.CsvLog}, {@link io.github.multilabel.training.report.TensorBoardLog},
 * {@link io.github.multilabel.training.report.LearningCurves}; and after a look for a learning rate
 * {@link io.github.multilabel.training.report.LearningRatePlot}.
 *
 * <p>May use: core, core.internal.files, evaluation.metrics, training.event; SLF4J, XChart.
 */
@NullMarked
package io.github.multilabel.training.report;

import org.jspecify.annotations.NullMarked;
