package io.github.multilabel.evaluation.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;

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
    Optional<BufferedImage> image(int row) throws IOException;
}
