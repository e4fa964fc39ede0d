/**
 * How good a model is: {@link Evaluation} is the finished, immutable answer, made by {@link EvaluationAccumulator}
 * batch by batch from counts that stay on the device. The numbers equal scikit-learn's where that defines them; what is
 * undefined is NaN.
 *
 * <p>May use: core, core.internal.message, core.internal.programs, core.torch, evaluation.internal.heads; DJL, Gson.
 */
package io.github.multilabel.evaluation.metrics;
