package io.github.multilabel.cli.program;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.multilabel.core.internal.files.CsvLine;
import io.github.multilabel.evaluation.metrics.CrossValidation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The metrics of a cross validation in files. */
final class FoldMetrics {

    private FoldMetrics() {}

    /** Those that the trainings left in their folders. */
    static CrossValidation of(List<Path> trainings) throws IOException {
        List<Map<String, Double>> metrics = new ArrayList<>();
        for (Path training : trainings) {
            metrics.add(metrics(training.resolve(RunFolder.METRICS)));
        }
        return CrossValidation.ofMetrics(metrics);
    }

    private static Map<String, Double> metrics(Path file) throws IOException {
        Map<String, Double> metrics = new LinkedHashMap<>();
        JsonObject json =
                JsonParser.parseString(Files.readString(file)).getAsJsonObject().getAsJsonObject("metrics");
        for (Map.Entry<String, JsonElement> metric : json.entrySet()) {
            metrics.put(
                    metric.getKey(),
                    metric.getValue().isJsonNull()
                            ? Double.NaN
                            : metric.getValue().getAsDouble());
        }
        return metrics;
    }

    /** A line for each metric: its mean and deviation, and its value in each fold. */
    static String csv(CrossValidation all) {
        List<String> header = new ArrayList<>(List.of("metric", "mean", "deviation"));
        for (int fold = 1; fold <= all.folds(); fold++) {
            header.add("fold_" + fold);
        }
        StringBuilder text = new StringBuilder(CsvLine.of(header)).append('\n');
        for (String metric : all.metrics()) {
            List<String> cells = new ArrayList<>(List.of(metric));
            Stream.concat(Stream.of(all.mean(metric), all.deviation(metric)), all.values(metric).stream())
                    .forEach(value -> cells.add(value.isNaN() ? "" : value.toString()));
            text.append(CsvLine.of(cells)).append('\n');
        }
        return text.toString();
    }

    /** The same as JSON. */
    static String json(CrossValidation all) {
        JsonObject metrics = new JsonObject();
        for (String metric : all.metrics()) {
            JsonObject one = new JsonObject();
            one.add("mean", number(all.mean(metric)));
            one.add("deviation", number(all.deviation(metric)));
            JsonArray values = new JsonArray();
            all.values(metric).forEach(value -> values.add(number(value)));
            one.add("folds", values);
            metrics.add(metric, one);
        }
        JsonObject json = new JsonObject();
        json.addProperty("folds", all.folds());
        json.add("metrics", metrics);
        return json + "\n";
    }

    private static JsonElement number(double value) {
        return Double.isNaN(value) ? JsonNull.INSTANCE : new JsonPrimitive(value);
    }
}
