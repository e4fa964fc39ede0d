/**
 * What programs on the command line have in common: their options, the folders that they write into, how they show
 * progress, how they stop at Ctrl-C, and how a failure becomes a message and an exit code. Start at {@link Launcher}.
 *
 * <p>May use: cars, cars.download, cars.synthetic, core, core.image, core.image.decode, core.internal,
 * core.internal.files, core.internal.message, core.torch, core.torch.internal, data, data.augment, data.split,
 * data.table, evaluation, evaluation.labels, evaluation.loss, evaluation.metrics, evaluation.predictions,
 * evaluation.report, evaluation.scoring, evaluation.sheet, model, model.backbone, model.combination, model.explain,
 * model.heads, model.weights, serving, serving.http, training, training.balance, training.event,
 * training.internal.checkpoint, training.internal.settings, training.mix, training.optimizer, training.report,
 * training.schedule; Commons CSV, DJL, Gson, SLF4J, picocli.
 */
@NullMarked
package io.github.multilabel.cli.program;

import org.jspecify.annotations.NullMarked;
