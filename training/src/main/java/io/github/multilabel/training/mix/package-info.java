/**
 * MixUp and CutMix: training images that are blends of two, with the labels of both. Start at
 * {@link io.github.multilabel.training.mix.Mix}, the choice; a {@link io.github.multilabel.training.mix.Mixture} is
 * what was drawn for one batch.
 *
 * <p>May use: core, training.loss, DJL arrays. Knows nothing of: trainers, models, files.
 */
package io.github.multilabel.training.mix;
