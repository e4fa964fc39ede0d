/**
 * What prediction and training on a cluster share: images of its file systems, the files of a model, columns, and the
 * cores of an executor.
 *
 * <p>May use: core.image, core.internal.files, core.internal.message, model, onnx; Spark.
 */
@NullMarked
package io.github.multilabel.spark.internal;

import org.jspecify.annotations.NullMarked;
