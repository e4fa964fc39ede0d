/**
 * What a model answers about an image: {@link Prediction}, with a {@link HeadPrediction} per head;
 * {@link PredictionResult} where images may fail one by one. Values, which any thread may keep.
 *
 * <p>May use: core, core.internal.message; Gson.
 */
@NullMarked
package io.github.multilabel.model.prediction;

import org.jspecify.annotations.NullMarked;
