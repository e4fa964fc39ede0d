/**
 * Which rows of a table train a model and which judge it: {@link io.github.multilabel.core.split.DataSplit}, drawn so
 * that every category of every head is spread over the parts, and {@link io.github.multilabel.core.split.SplitFile},
 * which keeps it.
 *
 * <p>May use: core, {@code core.files}. Knows nothing of: images, data sets, training.
 */
package io.github.multilabel.data.split;
