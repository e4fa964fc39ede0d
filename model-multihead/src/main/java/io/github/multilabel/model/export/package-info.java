/**
 * A trained model for those who do not use this library: {@link TorchScriptExport} writes one file for PyTorch,
 * LibTorch and DJL, {@link TimmExport} a folder for Python with timm or torchvision.
 *
 * <p>May use: core, core.image, core.internal.files, core.internal.message, core.internal.options, core.torch,
 * core.torch.internal, model, model.backbone, model.heads, model.internal, model.internal.description,
 * model.prediction; DJL, Gson.
 */
@NullMarked
package io.github.multilabel.model.export;

import org.jspecify.annotations.NullMarked;
