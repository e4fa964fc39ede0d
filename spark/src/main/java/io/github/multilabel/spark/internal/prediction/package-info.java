/**
 * What an executor does with the rows of a partition: {@link PartitionPrediction} cuts them into batches, and
 * {@link SharedModels} holds one native model for all tasks of the process.
 *
 * <p>May use: core, core.image, core.image.decode, core.internal, core.internal.files, core.internal.message,
 * core.torch, model, model.embedding, model.prediction, onnx; DJL, SLF4J, Spark.
 */
@NullMarked
package io.github.multilabel.spark.internal.prediction;

import org.jspecify.annotations.NullMarked;
