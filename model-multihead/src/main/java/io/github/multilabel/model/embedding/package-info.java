/**
 * Embeddings: {@link Embedding} of an image, the features that the backbone finds in it; {@link EmbeddingResult} where
 * single images may fail. All are immutable values.
 *
 * <p>May use: no other package; the JDK alone.
 */
@NullMarked
package io.github.multilabel.model.embedding;

import org.jspecify.annotations.NullMarked;
