/**
 * Saved models for those who load models by DJL's {@code Criteria}. Start at {@link SavedModelZoo}.
 *
 * <p>May use: core, core.internal.message, core.torch.internal, model, model.backbone, model.prediction; DJL.
 */
@NullMarked
package io.github.multilabel.model.djl;

import org.jspecify.annotations.NullMarked;
