package io.github.multilabel.model.embedding;

/** The result for one image of several: an {@link Embedding}, or an {@link EmbeddingFailure}. Immutable. */
public sealed interface EmbeddingResult permits Embedding, EmbeddingFailure {

    /** The name of the image, for example its file. */
    String source();
}
