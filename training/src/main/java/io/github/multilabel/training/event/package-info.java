/**
 * What a training reports, while it runs ({@link TrainingEvent}, to each {@link TrainingListener}) and at its end
 * ({@link TrainingResult}). Finished values that may be kept; they lie below the loop, which makes them.
 *
 * <p>May use: core, evaluation.metrics, training.schedule; the JDK alone.
 */
@NullMarked
package io.github.multilabel.training.event;

import org.jspecify.annotations.NullMarked;
