package io.github.multilabel.evaluation.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;

/** Shows where a model looks. It is asked by the thread that writes the report, for the mistakes that are shown. */
@FunctionalInterface
public interface HeatMaps {

    /**
     * An image with the heat of one category over it; it is made small for the report.
     *
     * @param row of the image among the predictions
     * @param head the name of the head
     * @param category that the head is asked about
     * @return empty if there is none to show
     * @throws IOException if it cannot be made; the report says so in its place
     */
    Optional<BufferedImage> heatMap(int row, String head, String category) throws IOException;
}
