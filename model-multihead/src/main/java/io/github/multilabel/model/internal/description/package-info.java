/**
 * What models say of themselves in files, beyond layers and weights: how heads answer, {@link Answering}, and how
 * images come in, {@link PreprocessingJson}. Nothing here needs PyTorch.
 *
 * <p>May use: core, core.image, core.internal.files, core.internal.message, model.combination, model.drift,
 * model.heads, model.internal; Gson.
 */
@NullMarked
package io.github.multilabel.model.internal.description;

import org.jspecify.annotations.NullMarked;
