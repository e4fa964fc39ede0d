/**
 * The numbers that an evaluation follows from, as values: what is counted on the device, and what is saved.
 * {@link io.github.multilabel.evaluation.internal.counts.EvaluationCounts} has one
 * {@link io.github.multilabel.evaluation.internal.counts.HeadCounts} for each head.
 *
 * <p>May use: core; the JDK alone.
 */
@NullMarked
package io.github.multilabel.evaluation.internal.counts;

import org.jspecify.annotations.NullMarked;
