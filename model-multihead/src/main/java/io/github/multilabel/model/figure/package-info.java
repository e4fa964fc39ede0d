/**
 * A prediction drawn beside its image: {@link PredictionFigure}.
 *
 * <p>May use: core.image, core.internal.drawing, core.internal.files, model.prediction; the JDK alone.
 */
@NullMarked
package io.github.multilabel.model.figure;

import org.jspecify.annotations.NullMarked;
