/**
 * Photos before they are pixels: where they come from ({@link ImageSource}), and how they are decoded ({@link
 * ImageDecoder}), as far as is asked of a {@link Photo}. What cannot be decoded says why with an {@link
 * ImageDecodeException}.
 *
 * <p>May use: core.image, core.internal, core.internal.jpeg; SLF4J, metadata-extractor.
 */
package io.github.multilabel.core.image.decode;
