/**
 * Programs for the command line; {@code --help} explains each. Start at {@link TrainStanfordCars}: a main parses its
 * options, one method does the work and returns what a test can check.
 *
 * <p>May use: cars, cars.download, cars.synthetic, core, core.image, core.image.decode, core.internal,
 * core.internal.files, core.internal.torch, core.torch, data, data.augment, data.check, data.sheet, data.split,
 * data.table, evaluation, evaluation.metrics, model, model.backbone, model.prediction, model.weights, training,
 * training.balance, training.event, training.internal.checkpoint, training.mix, training.optimizer, training.report,
 * training.schedule; DJL, SLF4J, picocli.
 */
package io.github.multilabel.examples;
