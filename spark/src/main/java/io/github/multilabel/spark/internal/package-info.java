/**
 * What prediction and training on a cluster share: images of its file systems, columns, and the cores of an executor.
 *
 * <p>May use: core.image, core.internal.message; Spark.
 */
@NullMarked
package io.github.multilabel.spark.internal;

import org.jspecify.annotations.NullMarked;
