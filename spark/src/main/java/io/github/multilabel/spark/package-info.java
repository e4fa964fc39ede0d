/**
 * Prediction and training on a cluster of Apache Spark, as stages of Spark ML:
 * {@link io.github.multilabel.spark.MultiLabelClassificationModel} and
 * {@link io.github.multilabel.spark.MultiLabelClassifier}.
 *
 * <p>May use: cli.program, core, core.internal.message, core.torch, data, data.check, model, onnx, spark.internal,
 * spark.internal.prediction, spark.internal.training; SLF4J, Spark.
 */
@NullMarked
package io.github.multilabel.spark;

import org.jspecify.annotations.NullMarked;
