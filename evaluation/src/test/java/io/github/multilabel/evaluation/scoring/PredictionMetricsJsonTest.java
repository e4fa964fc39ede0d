package io.github.multilabel.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.MetricsJson;
import io.github.multilabel.evaluation.metrics.ConfusionCell;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.model.heads.HeadThreshold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of metrics has what kept predictions add, beside all that it had. */
class PredictionMetricsJsonTest {

    private static final Predictions PREDICTIONS = DrawnPredictions.of(DrawnPredictions.rows(40, 9));

    @TempDir
    Path folder;

    private JsonObject written(PredictionMetrics metrics) throws IOException {
        Path file = folder.resolve("metrics.json");
        MetricsJson.write(file, metrics, OptionalLong.empty());
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    @Test
    void metricsIntervalsAndErrorsAreAddedToAllThatIsWrittenWithoutThem() throws IOException {
        PredictionMetrics metrics = PredictionMetrics.of(PREDICTIONS, new Bootstrap(1, 50, 0.95));
        JsonObject json = written(metrics);
        Path plain = folder.resolve("plain.json");
        MetricsJson.write(plain, metrics.evaluation(), OptionalLong.empty());
        JsonObject before = JsonParser.parseString(Files.readString(plain)).getAsJsonObject();
        assertThat(json.keySet()).containsAll(before.keySet()).contains("intervals", "errors");
        assertThat(json.getAsJsonObject("metrics").keySet())
                .isEqualTo(PredictionMetric.all(metrics.headSet()).keySet());
        assertThat(json.getAsJsonObject("metrics").get("model_kappa").getAsDouble())
                .isEqualTo(metrics.value("model_kappa"));
        Interval interval = metrics.interval("tags_map");
        assertThat(json.getAsJsonObject("intervals")
                        .getAsJsonArray("tags_map")
                        .get(1)
                        .getAsDouble())
                .isEqualTo(interval.high());
        JsonObject tag = json.getAsJsonObject("heads")
                .getAsJsonObject("tags")
                .getAsJsonObject("categories")
                .getAsJsonObject("rain");
        assertThat(tag.get("auroc").getAsDouble())
                .isEqualTo(metrics.head("tags").category("rain").auroc());
        assertThat(tag.getAsJsonObject("intervals")
                        .getAsJsonArray("recall")
                        .get(1)
                        .getAsDouble())
                .isEqualTo(metrics.categoryIntervals("tags").get(1).recall().high());
        ConfusionCell confused = metrics.confusions("tags").mostFrequent(1).get(0);
        JsonArray mostConfused = json.getAsJsonObject("heads")
                .getAsJsonObject("tags")
                .getAsJsonArray("confusedTags")
                .get(0)
                .getAsJsonArray();
        assertThat(mostConfused.asList().stream().map(JsonElement::getAsLong))
                .containsExactly((long) confused.category(), (long) confused.predicted(), confused.images());
        assertThat(tag.has("truePositives")).as("what was there").isTrue();
        HeadErrors pair = metrics.errors().get(1);
        assertThat(json.getAsJsonObject("errors")
                        .getAsJsonObject(pair.first())
                        .getAsJsonObject(pair.second())
                        .get("bothWrong")
                        .getAsLong())
                .isEqualTo(pair.bothWrong());
    }

    @Test
    void whetherProbabilitiesCanBeTrustedIsWrittenForEachHead() throws IOException {
        PredictionMetrics metrics = PredictionMetrics.of(
                PREDICTIONS.withThresholds(List.of(new HeadThreshold.UnknownBelow("model", 0.6, 0.9))));
        JsonObject heads = written(metrics).getAsJsonObject("heads");
        JsonObject model = heads.getAsJsonObject("model");
        HeadConfidence confidence = metrics.confidence("model");
        JsonObject calibration = model.getAsJsonObject("calibration");
        assertThat(calibration.get("equalMass").getAsDouble())
                .isEqualTo(confidence.error().equalMass())
                .isNotEqualTo(calibration.get("equalWidth").getAsDouble());
        JsonArray bins = calibration.getAsJsonObject("bins").getAsJsonArray("equalWidth");
        assertThat(bins).hasSameSizeAs(confidence.equalWidth().bins());
        assertThat(bins.get(0).getAsJsonArray().get(1).getAsDouble())
                .isEqualTo(confidence.equalWidth().bins().get(0).probability());
        JsonObject risk = model.getAsJsonObject("riskCoverage");
        assertThat(risk.get("area").getAsDouble()).isEqualTo(confidence.riskArea());
        JsonArray points = risk.getAsJsonArray("points");
        JsonArray last = points.get(points.size() - 1).getAsJsonArray();
        assertThat(last.get(1).getAsDouble()).as("all answers").isEqualTo(1);
        assertThat(last.get(2).getAsDouble()).isCloseTo(1 - metrics.value("model_accuracy"), Assertions.within(1e-12));
        assertThat(model.getAsJsonObject("unknown").get("threshold").getAsDouble())
                .isEqualTo(0.6);
        assertThat(heads.getAsJsonObject("brand").get("unknown").isJsonNull())
                .as("it answers always")
                .isTrue();
        assertThat(heads.getAsJsonObject("tags").has("calibration")).isTrue();
    }

    @Test
    void whatIsUndefinedWithoutLabelsIsNull() throws IOException {
        Predictions.Builder unlabelled = Predictions.builder(DrawnPredictions.HEADS);
        unlabelled.add("image", Labels.missing(DrawnPredictions.HEADS), new float[4], new float[3], new float[2]);
        PredictionMetrics metrics = PredictionMetrics.of(
                unlabelled.build().withThresholds(List.of(new HeadThreshold.UnknownBelow("model", 0.6, 0.9))));
        JsonObject model = written(metrics).getAsJsonObject("heads").getAsJsonObject("model");
        assertThat(model.getAsJsonObject("calibration").get("equalMass").isJsonNull())
                .isTrue();
        assertThat(model.getAsJsonObject("riskCoverage").get("area").isJsonNull())
                .isTrue();
        assertThat(model.getAsJsonObject("riskCoverage").getAsJsonArray("points"))
                .isEmpty();
        assertThat(model.getAsJsonObject("unknown").get("coverage").isJsonNull())
                .isTrue();
        assertThat(metrics.confidence("model").abstention().orElseThrow().toString())
                .contains("n/a")
                .doesNotContain("NaN");
    }

    @Test
    void intervalsThatNobodyAskedForAreNotWritten() throws IOException {
        PredictionMetrics metrics = PredictionMetrics.of(PREDICTIONS);
        assertThat(written(metrics).has("intervals")).isFalse();
        assertThat(metrics.interval("model_accuracy").low()).isNaN();
    }
}
