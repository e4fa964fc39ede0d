/**
 * Models of several heads: a {@link io.github.multilabel.model.Backbone} looks at an image once,
 * {@link io.github.multilabel.model.MultiHeadBlock} answers every question about it,
 * {@link io.github.multilabel.model.MultiLabelModel} is both with their weights, saved as a folder and loaded again,
 * and {@link io.github.multilabel.model.MultiLabelPredictor} gives each image its
 * {@link io.github.multilabel.model.Prediction}. Start at {@link io.github.multilabel.model.Backbones} to train, at
 * {@link io.github.multilabel.model.MultiLabelModel#load(java.nio.file.Path)} to predict.
 *
 * <p>May use: core, {@code model.network}, {@code model.weights}, DJL's blocks and arrays, Gson. Knows nothing of:
 * training.
 */
package io.github.multilabel.model;
