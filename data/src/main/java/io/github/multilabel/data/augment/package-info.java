/**
 * Changes pictures at random for training. Start at {@link io.github.multilabel.core.image.augment.Augmentation}: a
 * preset, or a list of {@linkplain io.github.multilabel.core.image.augment.AugmentationStep steps} that are named as
 * torchvision's transforms, take their parameters and equal their arithmetic. The operations that they are made of
 * ({@code Colors}, {@code Filters}, {@code Geometry}) serve steps of your own.
 *
 * <p>May use: {@code core.image}. Knows nothing of: files, labels, data sets, tensors.
 */
package io.github.multilabel.data.augment;
