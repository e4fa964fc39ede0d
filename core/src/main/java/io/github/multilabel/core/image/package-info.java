/**
 * Images as arrays of bytes before they become tensors: {@link Pixels}, the geometry of parts ({@link Box}, {@link
 * BoxCrop}) and of resizing ({@link Resizer}), and what a model wants of an image ({@link Preprocessing}). Files and
 * decoding are in {@code core.image.decode}.
 *
 * <p>May use: core.internal; the JDK alone.
 */
package io.github.multilabel.core.image;
