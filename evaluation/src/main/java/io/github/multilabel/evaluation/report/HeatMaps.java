package io.github.multilabel.evaluation.report;

import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.model.explain.GradCam;
import io.github.multilabel.model.explain.Target;
import java.io.IOException;
import java.util.List;
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
    Optional<Pixels> heatMap(int row, String head, String category) throws IOException;

    /**
     * Those of Grad-CAM.
     *
     * @param cam of the model that gave the predictions; to be closed by the caller after the report is written
     * @param images the images without heat
     */
    static HeatMaps of(GradCam cam, Thumbnails images) {
        Given.require(cam, "cam", "e.g. GradCam.of(model)");
        Given.require(images, "images", "the thumbnails of the report");
        return (row, head, category) -> images.image(row)
                .map(image -> cam.explain(image, List.of(Target.category(head, category)))
                        .first(head)
                        .over(image));
    }
}
