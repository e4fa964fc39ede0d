/**
 * Where a model is wrong: {@link io.github.multilabel.evaluation.mistakes.Mistakes} has the images of which it is most
 * sure and wrong, and those on which several heads fail; {@link io.github.multilabel.evaluation.mistakes.Confusions}
 * which categories it takes for each other.
 *
 * <p>May use: core, core.internal.message, evaluation.metrics, evaluation.predictions; the JDK alone.
 */
@NullMarked
package io.github.multilabel.evaluation.mistakes;

import org.jspecify.annotations.NullMarked;
