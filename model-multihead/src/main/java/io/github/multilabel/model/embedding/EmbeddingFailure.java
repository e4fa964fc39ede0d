package io.github.multilabel.model.embedding;

/**
 * An image that could not be used, for example because its file is truncated.
 *
 * @param source the name of the image, for example its file
 * @param reason what is wrong with the image and what to do, for people
 */
public record EmbeddingFailure(String source, String reason) implements EmbeddingResult {

    /** Returns the name of the image and the reason. */
    @Override
    public String toString() {
        return source + ": " + reason;
    }
}
