/**
 * Training: {@link io.github.multilabel.training.MultiLabelTrainer} turns a data set into a model, and is where to
 * start. {@link io.github.multilabel.training.TrainingResult} is what it tells afterwards,
 * {@link io.github.multilabel.training.EpochReport} what it tells after each epoch.
 *
 * <p>May use: core, model, training.loss, training.optimizer, training.metrics. Knows nothing of: particular data sets.
 */
package io.github.multilabel.training;
