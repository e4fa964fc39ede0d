/**
 * Models of several heads: a {@link io.github.multilabel.model.Backbone} looks at an image once,
 * {@link io.github.multilabel.model.MultiHeadBlock} answers every question about it. Start at
 * {@link io.github.multilabel.model.Backbones}.
 *
 * <p>May use: core, {@code model.network}, DJL's blocks and arrays. Knows nothing of: training.
 */
package io.github.multilabel.model;
