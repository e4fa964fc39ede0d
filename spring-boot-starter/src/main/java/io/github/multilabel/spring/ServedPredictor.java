package io.github.multilabel.spring;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.internal.drawing.Canvas;
import io.github.multilabel.core.internal.files.PngFile;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.model.ImagePredictor;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionResult;
import io.github.multilabel.serving.ServedModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A model of the service as a predictor: images of all callers share its batches. */
final class ServedPredictor implements ImagePredictor {

    private final ServedModel model;
    private final int atOnce;
    private volatile boolean isClosed;

    /** @param atOnce how many images one caller puts into the queue at once, so that others have room beside it */
    ServedPredictor(ServedModel model, int atOnce) {
        this.model = model;
        this.atOnce = atOnce;
    }

    @Override
    public Prediction predict(ImageSource image) throws IOException {
        Given.require(image, "image", "a file, bytes, a stream or an ImageSource");
        PredictionResult result = results(List.of(image)).get(0);
        if (result instanceof Prediction prediction) {
            return prediction;
        }
        throw new IOException(result.toString());
    }

    @Override
    public Prediction predict(BufferedImage image) {
        Given.require(image, "image", "a decoded image");
        try { // the queue takes encoded images: as PNG the pixels stay what they are
            return predict(ImageSource.of("image", PngFile.bytes(Canvas.toImage(Pixels.of(image)))));
        } catch (IOException e) { // it is larger than the limit
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<PredictionResult> predictAll(List<ImageSource> images) {
        Given.require(images, "images", "a list of them, perhaps empty");
        List<PredictionResult> results = new ArrayList<>();
        for (int start = 0; start < images.size(); start += atOnce) {
            results.addAll(results(images.subList(start, Math.min(start + atOnce, images.size()))));
        }
        return List.copyOf(results);
    }

    private List<PredictionResult> results(List<ImageSource> images) {
        if (isClosed) {
            throw new IllegalStateException("this predictor is closed");
        }
        return model.predict(images).answers().stream()
                .map(ServedPredictor::answer)
                .toList();
    }

    private static PredictionResult answer(CompletableFuture<PredictionResult> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw e;
        }
    }

    /** Later calls fail; the service goes on. */
    @Override
    public void close() {
        isClosed = true;
    }
}
