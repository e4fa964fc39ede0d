/**
 * Images of a cluster's file systems.
 *
 * <p>May use: core.image; Spark.
 */
@NullMarked
package io.github.multilabel.spark.internal;

import org.jspecify.annotations.NullMarked;
