/**
 * What an executor does with the rows of a partition:
 * {@link io.github.multilabel.spark.internal.prediction.PartitionPrediction} cuts them into batches, and
 * {@code SharedModels} holds one native model for all tasks of the process.
 *
 * <p>May use: core, core.image, core.image.decode, core.internal, core.torch, model, model.embedding, model.prediction,
 * onnx, spark.internal; DJL, Spark.
 */
@NullMarked
package io.github.multilabel.spark.internal.prediction;

import org.jspecify.annotations.NullMarked;
