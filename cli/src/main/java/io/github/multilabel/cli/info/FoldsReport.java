package io.github.multilabel.cli.info;

import ai.djl.MalformedModelException;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.multilabel.cli.program.FoldsOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the folder of a cross validation holds. */
final class FoldsReport {

    private FoldsReport() {}

    static boolean isOne(Path folder) throws IOException {
        return Files.exists(folder.resolve(FoldsOutput.JSON)) || RunReport.isOne(FoldsOutput.fold(folder, 1));
    }

    static JsonObject of(Path folder) throws IOException, MalformedModelException {
        JsonObject report = new JsonObject();
        report.addProperty("crossValidation", folder.toString());
        Path joined = folder.resolve(FoldsOutput.JSON);
        report.addProperty("finished", Files.exists(joined));
        JsonArray folds = new JsonArray();
        for (int number = 1; RunReport.isOne(FoldsOutput.fold(folder, number)); number++) {
            folds.add(entry(FoldsOutput.fold(folder, number)));
        }
        report.add("folds", folds);
        if (Files.exists(joined)) {
            report.add("metrics", means(joined));
        }
        return report;
    }

    private static JsonObject entry(Path fold) throws IOException, MalformedModelException {
        JsonObject training = RunReport.of(fold);
        JsonObject entry = new JsonObject();
        entry.addProperty("path", fold.toString());
        entry.add("finished", training.get("finished"));
        if (training.has("epochsDone")) {
            entry.add("epochsDone", training.get("epochsDone"));
        }
        return entry;
    }

    /** The metrics that people look at first, as far as they are defined. */
    private static JsonObject means(Path file) throws IOException {
        JsonObject report = new JsonObject();
        report.addProperty("file", file.toString());
        if (Reports.read(file).get("metrics") instanceof JsonObject metrics) {
            for (Map.Entry<String, ?> metric : metrics.entrySet()) {
                if (RunReport.isTotal(metric.getKey()) && metric.getValue() instanceof JsonObject values) {
                    report.add(metric.getKey(), known(values));
                }
            }
        }
        return report;
    }

    private static JsonObject known(JsonObject values) {
        JsonObject known = new JsonObject();
        for (String name : List.of("mean", "deviation")) {
            if (values.get(name) instanceof JsonPrimitive value) {
                known.add(name, value);
            }
        }
        return known;
    }
}
