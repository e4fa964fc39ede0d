/**
 * The layers of all heads as one native program. {@link HeadStack} is all heads of a model, and {@link HeadProgram}
 * runs them over features.
 *
 * <p>May use: core, core.internal.onnx, core.internal.programs, core.torch, model.heads; DJL.
 */
@NullMarked
package io.github.multilabel.model.internal.heads;

import org.jspecify.annotations.NullMarked;
