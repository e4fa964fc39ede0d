/**
 * Labelled images with what a model predicts for them, for people to look at: {@link PredictionSheet} as a picture,
 * {@link PredictionsCsv} as a table.
 *
 * <p>May use: core, core.image, core.image.sheet, core.internal.drawing, core.internal.files, core.internal.message,
 * evaluation.internal, evaluation.predictions, model, model.heads, model.prediction; DJL.
 */
@NullMarked
package io.github.multilabel.evaluation.sheet;

import org.jspecify.annotations.NullMarked;
