/**
 * Named arrays in files, and the way from them to parameters. {@link WeightFile#open} opens what Python wrote,
 * safetensors or PyTorch's own formats, with every check that a damaged or hostile file calls for; {@link Safetensors}
 * is also written. {@link WeightLoader} fills a block's parameters, {@link WeightMatching} decides which names belong
 * together. {@link PretrainedWeights} are weights that others have published, with their addresses.
 *
 * <p>May use: core, core.image, core.internal.download, core.internal.files, core.internal.message, core.torch; DJL,
 * Gson, SLF4J.
 */
@NullMarked
package io.github.multilabel.model.weights;

import org.jspecify.annotations.NullMarked;
