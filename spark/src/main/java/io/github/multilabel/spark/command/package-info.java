/**
 * The command {@code multilabel-spark}, which {@code spark-submit} runs.
 *
 * <p>May use: cli.program, core, data, spark, spark.internal, training.event; Spark, picocli.
 */
@NullMarked
package io.github.multilabel.spark.command;

import org.jspecify.annotations.NullMarked;
