/**
 * A decoder of the commonest JPEGs that decodes a part of an image, at reduced size where that is enough:
 * {@link BaselineJpeg}. It exists for speed in training; what it gives in full size is byte for byte what the JDK's
 * reader gives, and what it does not know it leaves to that reader.
 *
 * <p>May use: no other package; the JDK alone.
 */
@NullMarked
package io.github.multilabel.core.internal.jpeg;

import org.jspecify.annotations.NullMarked;
