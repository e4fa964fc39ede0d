package io.github.multilabel.model.embedding;

import java.util.Arrays;

/** The features (F) float32 that a backbone finds in an image; images that look alike have similar ones. Immutable. */
public final class Embedding implements EmbeddingResult {

    private final String source;
    private final float[] values;

    /**
     * Copies the values.
     *
     * @param source the name of the image, for example its file
     * @param values (F)
     */
    public Embedding(String source, float[] values) {
        this.source = source;
        this.values = values.clone();
    }

    @Override
    public String source() {
        return source;
    }

    /** A copy of the values, (F). */
    public float[] values() {
        return values.clone();
    }

    /** The number of values, F. */
    public int size() {
        return values.length;
    }

    /**
     * The same direction with the length 1 (L2), so that scalar products are cosines. A vector of zeros stays as it is,
     * as in scikit-learn's {@code normalize}.
     */
    public Embedding normalised() {
        double length = Math.sqrt(product(this));
        float[] scaled = values.clone();
        for (int i = 0; i < scaled.length && length > 0; i++) {
            scaled[i] = (float) (scaled[i] / length);
        }
        return new Embedding(source, scaled);
    }

    /**
     * The cosine of the angle to another embedding: 1 for the same direction, 0 for nothing in common.
     *
     * @return -1 to 1; 0 if one of them is all zeros
     * @throws IllegalArgumentException if the other has another size
     */
    public double cosine(Embedding other) {
        if (other.size() != size()) {
            throw new IllegalArgumentException("an embedding of " + size() + " values has no angle to one of "
                    + other.size() + "; compare those of one model");
        }
        double lengths = Math.sqrt(product(this) * other.product(other));
        return lengths == 0 ? 0 : Math.max(-1, Math.min(1, product(other) / lengths));
    }

    private double product(Embedding other) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += (double) values[i] * other.values[i];
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Embedding embedding
                && source.equals(embedding.source)
                && Arrays.equals(values, embedding.values);
    }

    @Override
    public int hashCode() {
        return 31 * source.hashCode() + Arrays.hashCode(values);
    }

    /** For example {@code car.jpg: 512 values}. */
    @Override
    public String toString() {
        return source + ": " + size() + " values";
    }
}
