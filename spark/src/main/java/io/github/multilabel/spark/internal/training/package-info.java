/**
 * How a training is shared out to the tasks of a stage: shares of the images, what the tasks tell each other through
 * the job's file system, and checkpoints that outlive them.
 *
 * <p>May use: cli.program, core, core.image, core.internal.files, data, evaluation, evaluation.metrics, model,
 * model.weights, spark.internal, training, training.event, training.group, training.report; DJL, SLF4J, Spark, picocli.
 */
@NullMarked
package io.github.multilabel.spark.internal.training;

import org.jspecify.annotations.NullMarked;
