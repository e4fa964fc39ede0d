/**
 * How the bytes of JPEG, PNG, GIF, BMP, TIFF and WebP are read: {@link EncodedImage} checks their structure and decodes
 * them, a {@link Defect} says what is wrong with them. Users decode by {@code ImageDecoder}.
 *
 * <p>May use: core.image, core.internal, core.internal.jpeg; SLF4J, metadata-extractor.
 */
@NullMarked
package io.github.multilabel.core.internal.formats;

import org.jspecify.annotations.NullMarked;
