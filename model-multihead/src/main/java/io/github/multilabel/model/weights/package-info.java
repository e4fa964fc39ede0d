/**
 * Named arrays in files: the safetensors format, read with every check that a damaged or hostile file calls for, and
 * written with the same bytes for the same arrays. Start at {@link io.github.multilabel.model.weights.Safetensors}.
 *
 * <p>May use: {@code core.files}, DJL's arrays, Gson. Knows nothing of: networks, heads, models.
 */
package io.github.multilabel.model.weights;
