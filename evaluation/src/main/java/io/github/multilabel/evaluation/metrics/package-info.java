/**
 * How good a model is: {@link io.github.multilabel.training.metrics.Evaluation} is the finished, immutable answer, made
 * by {@link io.github.multilabel.training.metrics.EvaluationAccumulator} batch by batch from counts that stay on the
 * device. The numbers equal scikit-learn's where that defines them; what is undefined is NaN.
 *
 * <p>May use: core, training.heads, DJL arrays. Knows nothing of: losses, trainers, models, files.
 */
package io.github.multilabel.evaluation.metrics;
