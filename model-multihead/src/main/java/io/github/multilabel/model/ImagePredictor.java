package io.github.multilabel.model;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionResult;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Predicts images, from any number of threads. {@link ModelPredictor} does so with a model; an application that asks
 * for this interface can put a proxy before it, or something simpler in tests.
 *
 * <pre>{@code
 * ImagePredictor predictor = model.newPredictor();
 * ...
 * Prediction car = predictor.predict(upload);
 * }</pre>
 */
public interface ImagePredictor extends AutoCloseable {

    /**
     * Predicts an encoded image.
     *
     * @param image for example {@code ImageSource.of(name, bytes)}
     * @throws IOException if it cannot be read or is not a whole image; the message names it and the reason
     * @throws IllegalStateException if the predictor is closed
     */
    Prediction predict(ImageSource image) throws IOException;

    /**
     * Predicts an image that Java has decoded or drawn. It is named {@code image}.
     *
     * @param image of any size and colour model
     * @throws IllegalStateException if the predictor is closed
     */
    Prediction predict(BufferedImage image);

    /**
     * Predicts any number of images. An image that cannot be used gives a failure in its place, and the others are
     * predicted.
     *
     * @return one result per image, in the same order
     * @throws IllegalStateException if the predictor is closed
     */
    List<PredictionResult> predictAll(List<ImageSource> images);

    /**
     * Predicts an image file, in any format that {@link ImageDecoder} reads.
     *
     * @throws IOException if it cannot be read or is not a whole image; the message names it and the reason
     * @throws IllegalStateException if the predictor is closed
     */
    default Prediction predict(Path file) throws IOException {
        return predict(ImageSource.of(given(file)));
    }

    /**
     * Predicts an encoded image, for example the bytes of a JPEG file. It is named {@code bytes}.
     *
     * @param image all bytes of the file
     * @throws IOException if it is not a whole image
     * @throws IllegalStateException if the predictor is closed
     */
    default Prediction predict(byte[] image) throws IOException {
        return predict(ImageSource.of("bytes", given(image)));
    }

    /**
     * Predicts an encoded image. It is named {@code stream}.
     *
     * @param image read into memory to its end, and not closed; limit the length of uploads beforehand
     * @throws IOException if it cannot be read or is not a whole image
     * @throws IllegalStateException if the predictor is closed
     */
    default Prediction predict(InputStream image) throws IOException {
        return predict(ImageSource.of("stream", given(image).readAllBytes()));
    }

    /**
     * Predicts image files.
     *
     * @return one result per file, in the same order
     * @throws IllegalStateException if the predictor is closed
     * @see #predictAll
     */
    default List<PredictionResult> predictFiles(List<Path> files) {
        return predictAll(Given.require(files, "images", "a list of them, perhaps empty").stream()
                .map(file -> file == null ? null : ImageSource.of(file)) // which fails in its place
                .toList());
    }

    private static <T> T given(T image) {
        return Given.require(image, "image", "a file, bytes, a stream or an ImageSource");
    }

    /** Frees what it holds; later calls fail. */
    @Override
    void close();
}
