package io.github.multilabel.model.internal.calls;

import io.github.multilabel.core.image.Pixels;
import java.util.List;

/** A prepared program of some engine. Many threads may run it at once. */
public interface PixelProgram extends AutoCloseable {

    /**
     * Computes arrays from images.
     *
     * @param pixels at least one, as the preprocessing of the model gives them
     * @return float32 arrays, such as the logits of each head, each with a row for every image, row after row
     */
    float[][] run(List<Pixels> pixels);

    @Override
    void close();
}
