package io.github.multilabel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.evaluation.Evaluator;
import io.github.multilabel.evaluation.labels.LabelIssues;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.report.EvaluationReport;
import io.github.multilabel.evaluation.report.HeatMaps;
import io.github.multilabel.evaluation.report.Thumbnails;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.explain.GradCam;
import io.github.multilabel.testsupport.Shapes;
import io.github.multilabel.training.MultiLabelTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/evaluation.md on reports: it runs, and it is what stands there. */
class ReportGuideTest {

    @TempDir
    Path folder;

    @Test
    void reportsAreWritten() throws Exception {
        Path labels = Shapes.write(Shapes.draw(60, 5), folder);
        ImageTable table = ImageTable.csv(labels, folder.resolve("photos"))
                .addHead("colour")
                .addTags("tags", "|")
                .optValidation(0.3)
                .build();
        try (ImageDataset train = table.train().optBatchSize(16).build();
                ImageDataset validation = table.validation().build();
                MultiLabelTrainer trainer = MultiLabelTrainer.builder(train.heads(), Backbones.byName("small"))
                        .optImageSize(32)
                        .optEpochs(2)
                        .build()) {
            // @start region=trainer
            trainer.fit(train, validation);
            trainer.report(folder.resolve("report.html")); // of the validation images
            // @end region=trainer
            report(trainer.model(), validation);
        }
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("Learning curves", "loss of all heads", "accuracy of colour", "training", "optSeed")
                .contains("<img ");
        assertThat(Files.readString(folder.resolve("test.html"))).contains("Cars, test images", "Label issues");
    }

    private void report(MultiLabelModel model, ImageDataset test) throws IOException {
        // @start region=report
        Predictions predictions = Evaluator.predictions(model, test);
        Thumbnails images = Thumbnails.of(predictions, Thumbnails::file);
        try (GradCam cam = GradCam.of(model)) {
            EvaluationReport.builder()
                    .setPredictions(predictions)
                    .optTitle("Cars, test images")
                    .optThumbnails(images)
                    .optHeatMaps(HeatMaps.of(cam, images))
                    .optLabelIssues(LabelIssues.find(predictions))
                    .build()
                    .write(folder.resolve("test.html"));
        }
        // @end region=report
    }

    @Test
    void theGuideShowsWhatRuns() throws IOException {
        String guide = Files.readString(Path.of("../docs/evaluation.md"));
        for (String region : List.of("trainer", "report")) {
            assertThat(guide).contains("```java\n" + Region.of(ReportGuideTest.class, region) + "\n```");
        }
    }
}
