/**
 * A backbone described as data, and what follows from it: parameters, summary, native program. Start at
 * {@link io.github.multilabel.model.network.Network}; {@link io.github.multilabel.model.network.NetworkBlock} runs one
 * as a DJL block.
 *
 * <p>May use: core, DJL's blocks and arrays, Gson. Knows nothing of: heads by name, saved models, training.
 */
package io.github.multilabel.model.network;
