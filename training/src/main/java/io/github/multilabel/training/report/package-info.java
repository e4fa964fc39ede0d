/**
 * What is left on disk of a training while it runs and afterwards, for programs and for people: {@link CsvLog},
 * {@link TensorBoardLog}, {@link LearningCurves}; and after a look for a learning rate {@link LearningRatePlot}.
 *
 * <p>May use: core, core.internal.files, evaluation.metrics, training.event; SLF4J, XChart.
 */
package io.github.multilabel.training.report;
