/**
 * Changes images at random for training. Start at {@link Augmentation}: a preset, or a list of
 * {@linkplain AugmentationStep steps} that are named as torchvision's transforms, take their parameters and equal their
 * arithmetic. The operations that they are made of ({@code Colors}, {@code Filters}, {@code Geometry}) serve steps of
 * your own.
 *
 * <p>May use: core.image, core.image.decode, core.internal.message; the JDK alone.
 */
@NullMarked
package io.github.multilabel.data.augment;

import org.jspecify.annotations.NullMarked;
