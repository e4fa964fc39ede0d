/**
 * What runs inside of a model and is passed between modules: {@link InferenceProgram} predicts, {@link FrozenPart} is
 * the frozen beginning of a backbone, {@link HeatProgram} finds where it looks, {@link ScriptBlock} a backbone of a
 * TorchScript file.
 *
 * <p>May use: core, core.internal.files, core.torch, core.torch.internal, model.heads; DJL, Gson.
 */
@NullMarked
package io.github.multilabel.model.internal;

import org.jspecify.annotations.NullMarked;
