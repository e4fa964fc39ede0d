/**
 * Predictions of many images: {@link PredictedImages} finds the images that a user names, {@link PredictionFile} writes
 * what a model says of them, {@link FigureImages} draws it for the first ones, {@link ExplainedImages} where it looks.
 *
 * <p>May use: cli.program, core, core.image, core.image.decode, core.image.sheet, core.internal.drawing,
 * core.internal.files, core.torch, data, data.internal.images, data.table, model, model.embedding, model.explain,
 * model.figure, model.prediction, onnx; Commons CSV, DJL, picocli.
 */
@NullMarked
package io.github.multilabel.cli.prediction;

import org.jspecify.annotations.NullMarked;
