/**
 * From the encoded bytes of an image to its pixels: {@link ImageDecoder} decodes JPEG, PNG, GIF, BMP, TIFF and WebP,
 * and opens a {@link Photo} of which only a part is decoded.
 *
 * <p>May use: core.image, core.internal.formats, core.internal.jpeg, core.internal.sources; the JDK alone.
 */
@NullMarked
package io.github.multilabel.core.image.decode;

import org.jspecify.annotations.NullMarked;
