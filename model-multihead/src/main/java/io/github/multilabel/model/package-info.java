/**
 * Models with several heads over one backbone. {@link MultiLabelModel} has the weights, and is saved and loaded as a
 * folder; {@link MultiLabelPredictor} predicts images with it; {@link MultiHeadBlock} is the network, a backbone
 * ({@code model.backbone}) with its heads. Start at {@link MultiLabelModel#load(java.nio.file.Path)} to predict.
 *
 * <p>May use: core, core.image, core.image.decode, core.internal, core.internal.files, core.internal.message,
 * core.internal.onnx, core.internal.options, core.internal.tensors, core.torch, core.torch.internal, model.backbone,
 * model.card, model.combination, model.drift, model.embedding, model.heads, model.internal, model.internal.calls,
 * model.internal.description, model.internal.heads, model.network, model.prediction, model.weights; DJL, Gson, SLF4J.
 */
@NullMarked
package io.github.multilabel.model;

import org.jspecify.annotations.NullMarked;
