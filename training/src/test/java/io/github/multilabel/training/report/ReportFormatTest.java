package io.github.multilabel.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.evaluation.MetricsJson;
import io.github.multilabel.evaluation.internal.metrics.EvaluationAccumulator;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.training.event.EpochReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Other programs read reports by names that stay, whatever the classes are called now. The samples were written by
 * commit c833c6e, except for {@code metrics-with-names.json} and {@code metrics-with-counts.json}.
 */
class ReportFormatTest {

    private static final Path SAMPLES = Path.of("src/test/resources/formats/reports");

    private static final HeadSet HEADS =
            HeadSet.of(Head.singleLabel("year", "10", "9", "2"), Head.multiLabel("tags", "warm", "round"));

    @TempDir
    private Path folder;

    private static Evaluation evaluation() {
        try (NDManager manager = NDManager.newBaseManager();
                EvaluationAccumulator accumulator = new EvaluationAccumulator(manager, HEADS, Map.of())) {
            accumulator.add(
                    new NDList(
                            manager.create(new float[] {1, 0, 0, 0, 1, 0, 1, 0, 0}, new Shape(3, 3)),
                            manager.create(new float[] {1, -1, 1, 1, -1, 1}, new Shape(3, 2))),
                    new NDList(
                            manager.create(new long[] {0, 1, 1}),
                            manager.create(new float[] {1, 0, 1, 1, 0, 0}, new Shape(3, 2))));
            return accumulator.evaluation();
        }
    }

    private void requireUnchanged(String name) {
        assertThat(folder.resolve(name)).hasSameTextualContentAs(SAMPLES.resolve(name));
    }

    private static JsonObject json(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    @Test
    void metricsKeepEveryKeyThatTheyHad() throws IOException {
        MetricsJson.write(folder.resolve("metrics.json"), evaluation(), OptionalLong.of(7));
        JsonObject written = json(folder.resolve("metrics.json"));
        requireAll(json(SAMPLES.resolve("metrics.json")), written);
    }

    /** Later releases add keys. */
    private static void requireAll(JsonObject before, JsonObject now) {
        before.asMap().forEach((key, value) -> {
            assertThat(now.has(key)).as(key).isTrue();
            if (value.isJsonObject()) {
                requireAll(value.getAsJsonObject(), now.getAsJsonObject(key));
            } else {
                assertThat(now.get(key)).as(key).isEqualTo(value);
            }
        });
    }

    @Test
    void metricsAreWrittenByTheNamesThatOptionsAndLogsHave() throws IOException {
        MetricsJson.write(folder.resolve("metrics.json"), evaluation(), OptionalLong.of(7));
        requireAll(json(SAMPLES.resolve("metrics-with-names.json")), json(folder.resolve("metrics.json")));
    }

    @Test
    void confusionsHaveTheNamesOfCategoriesAndTags() throws IOException {
        MetricsJson.write(folder.resolve("metrics-with-counts.json"), evaluation(), OptionalLong.of(7));
        requireUnchanged("metrics-with-counts.json");
    }

    @Test
    void theHistoryIsWrittenAsItAlwaysWas() throws IOException {
        Evaluation evaluation = evaluation();
        HistoryCsv.write(
                folder.resolve("history.csv"),
                List.of(new EpochReport(1, 0.01, evaluation, Optional.of(evaluation), 12.5, 0)));
        requireUnchanged("history.csv");
    }
}
