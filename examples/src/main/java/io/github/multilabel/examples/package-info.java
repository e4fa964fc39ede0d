/**
 * Programs for the command line; {@code --help} explains each. Start at {@link TrainStanfordCars}: a main parses its
 * options, one method does the work and returns what a test can check. They show how the library is used, and are there
 * to be copied; what else a command line needs is in {@code cli.program}.
 *
 * <p>May use: cars, core, core.image, core.image.decode, core.torch, data, data.augment, data.check, data.djl,
 * data.sheet, data.split, data.table, evaluation, evaluation.metrics, cli.program, model, model.backbone,
 * model.prediction, training; DJL, picocli.
 */
@NullMarked
package io.github.multilabel.examples;

import org.jspecify.annotations.NullMarked;
