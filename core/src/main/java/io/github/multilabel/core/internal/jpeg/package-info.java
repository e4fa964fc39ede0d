/**
 * A decoder of the commonest JPEGs that decodes a part of a picture, at reduced size where that is enough:
 * {@link io.github.multilabel.core.image.jpeg.BaselineJpeg}. It exists for speed in training; what it gives in full
 * size is byte for byte what the JDK's reader gives, and what it does not know it leaves to that reader.
 *
 * <p>May use: the JDK only. Knows nothing of: files, other formats, {@code Pixels}.
 */
package io.github.multilabel.core.internal.jpeg;
