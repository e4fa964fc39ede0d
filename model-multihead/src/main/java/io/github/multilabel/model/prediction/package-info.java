/**
 * Predictions: {@link Prediction} of an image, with a {@link HeadPrediction} for each head; {@link PredictionResult}
 * where single images may fail. All are immutable values.
 *
 * <p>May use: core, core.internal.files, core.internal.message, model.heads; Gson.
 */
@NullMarked
package io.github.multilabel.model.prediction;

import org.jspecify.annotations.NullMarked;
