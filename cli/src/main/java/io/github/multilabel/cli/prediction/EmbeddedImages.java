package io.github.multilabel.cli.prediction;

import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.model.ImageEmbedder;
import io.github.multilabel.model.embedding.Embedding;
import io.github.multilabel.model.embedding.EmbeddingFailure;
import io.github.multilabel.model.embedding.EmbeddingResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Embeds images a few at a time, in order. */
public final class EmbeddedImages {

    private static final int CHUNK = 64;

    private final List<ImageSource> images;
    private final ProgressListener progress;
    private final List<EmbeddingFailure> failures = new ArrayList<>();

    /** Nothing is read yet. */
    public EmbeddedImages(List<ImageSource> images, ProgressListener progress) {
        this.images = images;
        this.progress = progress;
    }

    /** Takes embeddings, one after the other. */
    @FunctionalInterface
    public interface Results {
        /** Takes the next one. */
        void add(EmbeddingResult result) throws IOException;
    }

    /** Embeds all. */
    public void embed(ImageEmbedder embedder, Results results) throws IOException {
        for (int start = 0; start < images.size(); start += CHUNK) {
            int end = Math.min(start + CHUNK, images.size());
            for (EmbeddingResult result : embedder.embedAll(images.subList(start, end))) {
                if (result instanceof EmbeddingFailure failure) {
                    failures.add(failure);
                }
                results.add(result);
            }
            progress.onProgress("embedding images", end, images.size());
        }
    }

    /**
     * Rows of a file: the values of an image, or NaN where it could not be read, so that rows are those of the images.
     */
    public static float[] row(EmbeddingResult result, int size) {
        if (result instanceof Embedding embedding) {
            return embedding.values();
        }
        float[] row = new float[size];
        Arrays.fill(row, Float.NaN);
        return row;
    }

    /** The images that could not be read, in order. */
    public List<EmbeddingFailure> failures() {
        return List.copyOf(failures);
    }
}
