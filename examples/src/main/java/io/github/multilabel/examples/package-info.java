/**
 * Programs for the command line; {@code --help} explains each. {@link TrainFruits}, {@link TrainCaptcha} and
 * {@link ShowStanfordCars} show how the library is used, and are there to be copied; the others are the command
 * {@code multilabel} with defaults for one task.
 *
 * <p>May use: cars, cli, cli.program, core, core.image, core.image.decode, core.image.sheet, data, data.augment,
 * data.djl, data.sheet, data.table, evaluation.metrics, model, model.backbone, training; DJL, picocli.
 */
@NullMarked
package io.github.multilabel.examples;

import org.jspecify.annotations.NullMarked;
