/**
 * Features that are computed once while the whole backbone is frozen:
 * {@link io.github.multilabel.training.features.FeatureDataset} gives them in place of the images, batch by batch.
 *
 * <p>May use: core, model, DJL arrays. Knows nothing of: losses, optimizers, phases.
 */
package io.github.multilabel.training.internal.features;
