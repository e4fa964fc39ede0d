/**
 * Models of several heads: a backbone ({@code model.backbone}) looks at an image once, {@link MultiHeadBlock} answers
 * every question about it, {@link MultiLabelModel} is both with their weights, saved as a folder and loaded again, and
 * {@link MultiLabelPredictor} gives each image its prediction ({@code model.prediction}). Start at
 * {@link MultiLabelModel#load(java.nio.file.Path)} to predict.
 *
 * <p>May use: core, core.image, core.image.decode, core.internal, core.internal.files, core.internal.message,
 * core.internal.options, core.internal.tensors, core.torch, core.torch.internal, model.backbone, model.heads,
 * model.internal, model.internal.heads, model.network, model.prediction, model.weights; DJL, Gson.
 */
@NullMarked
package io.github.multilabel.model;

import org.jspecify.annotations.NullMarked;
