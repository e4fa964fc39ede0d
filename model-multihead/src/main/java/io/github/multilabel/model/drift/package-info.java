/**
 * Whether a model is asked about other images than it was made for: {@link AnswerReference} keeps what it answered on
 * validation images, {@link AnswerDrift} counts what it answers now and compares. All but {@code AnswerDrift} are
 * immutable values.
 *
 * <p>May use: core, core.internal.message, model.prediction; the JDK alone.
 */
@NullMarked
package io.github.multilabel.model.drift;

import org.jspecify.annotations.NullMarked;
