package io.github.multilabel.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.evaluation.MetricsJson;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
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
    void intervalsThatNobodyAskedForAreNotWritten() throws IOException {
        PredictionMetrics metrics = PredictionMetrics.of(PREDICTIONS);
        assertThat(written(metrics).has("intervals")).isFalse();
        assertThat(metrics.interval("model_accuracy").low()).isNaN();
    }
}
