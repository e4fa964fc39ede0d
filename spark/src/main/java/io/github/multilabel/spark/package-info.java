/** Prediction and training on a cluster of Apache Spark. */
@NullMarked
package io.github.multilabel.spark;

import org.jspecify.annotations.NullMarked;
