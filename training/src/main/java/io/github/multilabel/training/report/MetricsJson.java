package io.github.multilabel.training.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.multilabel.core.files.AtomicOutput;
import io.github.multilabel.training.metrics.CategoryMetrics;
import io.github.multilabel.training.metrics.Evaluation;
import io.github.multilabel.training.metrics.HeadMetrics;
import io.github.multilabel.training.metrics.SingleLabelMetrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * An evaluation as a JSON file:
 *
 * <pre>{@code
 * {"heads": {"brand": {"accuracy": 0.91, "loss": 0.31, "macroF1": 0.9, "support": 1629,
 *                      "categories": {"Audi": {"precision": 0.9, "recall": 0.92, "f1": 0.91, "support": 130}, ...},
 *                      "confusion": [[120, ...], ...]}, ...},
 *  "meanAccuracy": 0.93, "exactMatch": 0.81, "samples": {"train": 14556, "validation": 1629}}
 * }</pre>
 *
 * <p>Heads and categories stand in the model's order; {@code confusion[i][j]} counts images of category i that were
 * taken for category j. What is undefined is {@code null}, so that every strict parser reads the file.
 */
public final class MetricsJson {

    private static final Gson GSON = new GsonBuilder()
            .serializeNulls()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .create();

    private MetricsJson() {}

    /**
     * Writes the file; an earlier one is replaced when the new one is complete.
     *
     * @param trainingSamples the number of images that the model was trained on, where it is known
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, Evaluation evaluation, OptionalLong trainingSamples) throws IOException {
        JsonObject samples = new JsonObject();
        samples.add(
                "train",
                trainingSamples.isPresent() ? new JsonPrimitive(trainingSamples.getAsLong()) : JsonNull.INSTANCE);
        samples.addProperty("validation", evaluation.samples());
        JsonObject json = new JsonObject();
        JsonObject heads = new JsonObject();
        evaluation.heads().forEach(metrics -> heads.add(metrics.head().name(), head(metrics)));
        json.add("heads", heads);
        json.add("meanAccuracy", number(evaluation.meanAccuracy()));
        json.add("exactMatch", number(evaluation.exactMatch()));
        json.add("samples", samples);
        AtomicOutput.file(file, out -> out.write((GSON.toJson(json) + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonObject head(HeadMetrics metrics) {
        JsonObject json = new JsonObject();
        json.add("accuracy", number(metrics.accuracy()));
        json.add("loss", number(metrics.loss()));
        json.add("macroF1", number(metrics.macro().f1()));
        json.addProperty("support", metrics.support());
        JsonObject categories = new JsonObject();
        metrics.categories().forEach(category -> categories.add(category.category(), category(category)));
        json.add("categories", categories);
        json.add("confusion", metrics.<JsonElement>when(MetricsJson::confusion, tags -> JsonNull.INSTANCE));
        return json;
    }

    private static JsonObject category(CategoryMetrics metrics) {
        JsonObject json = new JsonObject();
        json.add("precision", number(metrics.precision()));
        json.add("recall", number(metrics.recall()));
        json.add("f1", number(metrics.f1()));
        json.addProperty("support", metrics.support());
        return json;
    }

    private static JsonArray confusion(SingleLabelMetrics metrics) {
        JsonArray rows = new JsonArray();
        for (long[] counts : metrics.confusion()) {
            JsonArray row = new JsonArray();
            Arrays.stream(counts).forEach(row::add);
            rows.add(row);
        }
        return rows;
    }

    private static JsonElement number(double value) {
        return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
    }
}
