package io.github.multilabel.spark.internal.prediction;

import io.github.multilabel.core.torch.Precision;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How an executor computes.
 *
 * @param engine as {@code EnginePredictor} names it; null for the usual one of the model
 * @param batchSize how many rows run at once
 * @param threads how many cores of the executor are used; 0 for all of them
 * @param pixelLimit images with more pixels are refused
 * @param embeds whether embeddings are asked for
 */
public record PredictionSettings(
        @Nullable String engine, Precision precision, int batchSize, int threads, long pixelLimit, boolean embeds)
        implements Serializable {}
