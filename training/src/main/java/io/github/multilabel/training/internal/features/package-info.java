/**
 * Features that are computed once while the whole backbone is frozen: {@link FeatureDataset} gives them in place of the
 * images, batch by batch.
 *
 * <p>May use: core, core.image, core.internal.tensors, core.torch, model.internal; DJL, SLF4J.
 */
@NullMarked
package io.github.multilabel.training.internal.features;

import org.jspecify.annotations.NullMarked;
