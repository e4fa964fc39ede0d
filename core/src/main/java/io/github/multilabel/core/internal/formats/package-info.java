/**
 * How the bytes of JPEG, PNG, GIF, BMP, TIFF and WebP are read: {@link EncodedImage} checks their structure and decodes
 * them, a {@link Defect} says what is wrong with them. Users decode by
 * {@link io.github.multilabel.core.image.decode.ImageDecoder}.
 */
package io.github.multilabel.core.internal.formats;
