/**
 * Predictions of many images: {@link PredictedImages} finds the images that a user names, {@link PredictionFile} writes
 * what a model says of them.
 *
 * <p>May use: cli.program, core, core.image, data.internal.images, data.table, model.prediction; Commons CSV.
 */
@NullMarked
package io.github.multilabel.cli.prediction;

import org.jspecify.annotations.NullMarked;
