package io.github.multilabel.cli.program;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.evaluation.labels.LabelIssues;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.report.EvaluationReport;
import io.github.multilabel.evaluation.report.HeatMaps;
import io.github.multilabel.evaluation.report.Thumbnails;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.explain.GradCam;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The report of predictions, report.html in a folder of results. */
public final class ReportOutput {

    /** The name of the file. */
    public static final String FILE = "report.html";

    private ReportOutput() {}

    /**
     * Writes it, with the label issues.
     *
     * @param report with what is known beside
     * @param predictions of the report
     * @param images finds an image by its name; empty if there is none to show
     * @param model that shows where it looks; empty if it is not there
     */
    public static void write(
            Path file,
            EvaluationReport.Builder report,
            Predictions predictions,
            Function<String, Optional<ImageSource>> images,
            Optional<MultiLabelModel> model)
            throws IOException {
        Thumbnails thumbnails = Thumbnails.of(predictions, images);
        report.setPredictions(predictions).optThumbnails(thumbnails).optLabelIssues(LabelIssues.find(predictions));
        Optional<GradCam> cam = model.flatMap(ReportOutput::cam);
        try {
            cam.ifPresent(looks -> report.optHeatMaps(HeatMaps.of(looks, thumbnails)));
            report.build().write(file);
        } finally {
            cam.ifPresent(GradCam::close);
        }
    }

    /** Of a backbone whose layers are not known, nobody knows where it looks. */
    private static Optional<GradCam> cam(MultiLabelModel model) {
        try {
            return Optional.of(GradCam.of(model));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
