/**
 * A backbone described as data, and what follows from it: parameters, summary, native program. Start at
 * {@link Network}; {@link NetworkBlock} runs one as a DJL block.
 *
 * <p>May use: core.internal.files, core.internal.message, core.internal.onnx, core.internal.programs, core.torch,
 * core.torch.internal, model.internal, model.internal.heads; DJL, Gson.
 */
@NullMarked
package io.github.multilabel.model.network;

import org.jspecify.annotations.NullMarked;
