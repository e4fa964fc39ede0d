/**
 * Images before they become tensors: where their encoded bytes come from ({@link ImageSource}), their {@link Pixels},
 * the geometry of parts ({@link Box}, {@link BoxCrop}) and of resizing ({@link Resizer}), and what a model wants of an
 * image ({@link Preprocessing}). Decoding is in {@code core.image.decode}; an image that cannot be used says why with
 * an {@link ImageDecodeException}.
 *
 * <p>May use: core.internal; the JDK alone.
 */
@NullMarked
package io.github.multilabel.core.image;

import org.jspecify.annotations.NullMarked;
