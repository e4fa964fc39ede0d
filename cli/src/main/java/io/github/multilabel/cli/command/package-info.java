/**
 * The subcommands of {@code multilabel}: each parses its options, does its work, and returns the exit code. Start at
 * {@link TrainCommand}. Another subcommand is another class here and its line in {@code cli.Multilabel}.
 *
 * <p>May use: cars, cli.config, cli.prediction, cli.program, core, core.image, core.image.decode, core.internal.files,
 * core.internal.message, core.torch, data, data.check, data.check.page, data.split, data.table, evaluation.comparison,
 * evaluation.metrics, evaluation.predictions, evaluation.report, evaluation.scoring, model, model.embedding,
 * model.explain, model.export, onnx, serving, serving.http, training; DJL, Gson, Micrometer, picocli.
 */
@NullMarked
package io.github.multilabel.cli.command;

import org.jspecify.annotations.NullMarked;
