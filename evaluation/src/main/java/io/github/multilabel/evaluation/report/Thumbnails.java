package io.github.multilabel.evaluation.report;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Shows the images of a report. It is asked by the thread that writes the report, for the images that are shown. */
@FunctionalInterface
public interface Thumbnails {

    /**
     * An image, upright; it is made small for the report.
     *
     * @param row of the image among the predictions
     * @return empty if there is none to show
     * @throws IOException if it cannot be read; the report says so in its place
     */
    Optional<Pixels> image(int row) throws IOException;

    /**
     * Decodes images that are found by their names.
     *
     * @param images gives the image of a {@link Predictions#source}; empty if there is none to show
     */
    static Thumbnails of(Predictions predictions, Function<String, Optional<ImageSource>> images) {
        Given.require(predictions, "predictions", "those of the report");
        Given.require(images, "images", "e.g. source -> Optional.of(ImageSource.of(Path.of(source)))");
        return row -> {
            Optional<ImageSource> image = images.apply(predictions.source(row));
            return image.isEmpty()
                    ? Optional.empty()
                    : Optional.of(ImageDecoder.lenient().decode(image.get()));
        };
    }

    /** The image of a name that is the path of a file; empty if there is no such file. */
    static Optional<ImageSource> file(String name) {
        try {
            Path file = Path.of(name);
            return Files.isRegularFile(file) ? Optional.of(ImageSource.of(file)) : Optional.empty();
        } catch (InvalidPathException e) { // a name that is no path
            return Optional.empty();
        }
    }
}
