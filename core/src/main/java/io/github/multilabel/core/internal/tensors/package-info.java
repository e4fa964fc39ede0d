/**
 * From pixels to tensors: {@link ImageTensors} fills the uint8 array of a batch, {@link Normalizer} makes of it what a
 * network expects.
 *
 * <p>May use: core.image; DJL.
 */
@NullMarked
package io.github.multilabel.core.internal.tensors;

import org.jspecify.annotations.NullMarked;
