/**
 * How good a model is: {@link io.github.multilabel.evaluation.metrics.Evaluation} is the finished, immutable answer.
 * The numbers equal scikit-learn's where that defines them; what is undefined is NaN.
 *
 * <p>May use: core, core.internal.message, evaluation.internal.counts; the JDK alone.
 */
@NullMarked
package io.github.multilabel.evaluation.metrics;

import org.jspecify.annotations.NullMarked;
