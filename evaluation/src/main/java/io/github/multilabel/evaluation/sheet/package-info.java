/**
 * Labelled images with what a model predicts for them, for people to look at: {@link PredictionSheet}.
 *
 * <p>May use: core, core.image, core.image.sheet, core.internal.drawing, core.internal.message, core.internal.tensors,
 * core.torch, evaluation.internal, model, model.internal, model.prediction; DJL.
 */
@NullMarked
package io.github.multilabel.evaluation.sheet;

import org.jspecify.annotations.NullMarked;
