/**
 * Measurements beside the same work in PyTorch. Each main runs its contenders in turn, round after round in one process
 * tree, and prints the median of each and its ratio to the first, pair by pair: machines are shared and differ from day
 * to day, so only ratios within a run mean something. Not published.
 *
 * <p>May use: cars, cars.synthetic, core, core.image, core.image.decode, core.internal.files, core.internal.tensors,
 * core.torch, data, data.augment, data.split, data.table, evaluation.internal, evaluation.labels, evaluation.loss,
 * evaluation.predictions, evaluation.scoring, examples, model, model.backbone, model.combination, model.explain,
 * model.internal, model.network, model.prediction, model.weights, onnx, onnx.engine, serving, serving.http,
 * testsupport, training, training.event, training.internal.optimizer, training.optimizer, training.schedule; DJL, Gson,
 * picocli.
 */
@NullMarked
package io.github.multilabel.benchmarks;

import org.jspecify.annotations.NullMarked;
