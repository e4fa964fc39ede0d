package io.github.multilabel.serving;

import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.internal.files.PngFile;
import io.github.multilabel.model.ImagePredictor;
import io.github.multilabel.model.prediction.PredictionResult;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** A model's first answers, which reserve memory and prepare kernels for the sizes of batches that will come. */
record WarmUp(ImageSource image, int batchSize) {

    /** @param batchSize of full batches */
    static WarmUp of(ImageSize size, int batchSize) {
        BufferedImage grey = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
        try {
            return new WarmUp(ImageSource.of("warm-up", PngFile.bytes(grey)), batchSize);
        } catch (IOException e) { // of a Java without its image writers
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Lets it answer one image, batches of every power of two, and a full one.
     *
     * @throws IllegalStateException if it gives no answer
     */
    void run(ImagePredictor predictor) {
        IntStream.iterate(1, size -> size < batchSize, size -> 2 * size).forEach(size -> answer(predictor, size));
        answer(predictor, batchSize);
    }

    private void answer(ImagePredictor predictor, int size) {
        for (PredictionResult result : predictor.predictAll(Collections.nCopies(size, image))) {
            result.when(prediction -> List.of(), failure -> {
                throw new IllegalStateException("the model does not answer: " + failure.reason());
            });
        }
    }
}
