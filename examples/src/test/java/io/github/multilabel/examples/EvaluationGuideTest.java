package io.github.multilabel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.evaluation.Evaluator;
import io.github.multilabel.evaluation.MetricsJson;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.scoring.Bootstrap;
import io.github.multilabel.evaluation.scoring.PredictionMetrics;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.testsupport.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/evaluation.md: it runs, and it is what stands there. */
class EvaluationGuideTest {

    @TempDir
    private Path folder;

    @Test
    void aModelIsRunOnceAndJudgedFromItsPredictions() throws IOException {
        HeadSet heads = HeadSet.of(
                Head.singleLabel("colour", "blue", "green", "red"), Head.singleLabel("ground", "dark", "light"));
        ImageTable table = ImageTable.csv(Shapes.write(Shapes.draw(12, 1), folder), folder.resolve("photos"))
                .addHead("colour")
                .addHead("ground")
                .optHeads(heads)
                .build();
        Path json = folder.resolve("metrics.json");
        try (MultiLabelModel model = MultiLabelModel.create(
                        Backbones.small(), heads, Backbones.small().preprocessing(), Device.cpu(), 1);
                ImageDataset validation = table.dataset().build()) {
            judge(model, validation, folder.resolve("predictions.safetensors"), json);
        }
        assertThat(json).content().contains("\"intervals\"").contains("\"colour_kappa\"");
    }

    private static void judge(MultiLabelModel model, MultiLabelDataset validation, Path kept, Path json)
            throws IOException {
        // @start region=judge
        Predictions predictions = Evaluator.predictions(model, validation); // the model runs once
        predictions.write(kept); // Predictions.read opens it again
        PredictionMetrics metrics = PredictionMetrics.of(predictions, Bootstrap.seeded(1));
        System.out.println(metrics.interval("colour_accuracy")); // 0.912 [0.900, 0.930]
        System.out.println(metrics.head("colour").category("red").auroc());
        System.out.println(metrics.errors().get(0)); // how the mistakes of two heads go together
        System.out.println(metrics.table()); // every metric
        MetricsJson.write(json, metrics, OptionalLong.empty());
        // @end region=judge
    }

    @Test
    void theGuideShowsWhatRuns() throws IOException {
        assertThat(Files.readString(Path.of("../docs/evaluation.md")))
                .contains("```java\n" + Region.of(EvaluationGuideTest.class, "judge") + "\n```");
    }
}
