/**
 * Images before they become tensors: {@link ImageSource} reads the encoded bytes of an image, {@link Pixels} are the
 * decoded image, {@link Box}, {@link BoxCrop} and {@link Resizer} crop and resize it, and {@link Preprocessing} is what
 * a model expects of its images. Decoding is in {@code core.image.decode}. An image that cannot be used is reported as
 * an {@link ImageDecodeException}.
 *
 * <p>May use: core.internal, core.internal.message; the JDK alone.
 */
@NullMarked
package io.github.multilabel.core.image;

import org.jspecify.annotations.NullMarked;
