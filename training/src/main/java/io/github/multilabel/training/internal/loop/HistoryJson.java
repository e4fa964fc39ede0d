package io.github.multilabel.training.internal.loop;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.evaluation.internal.metrics.EvaluationJson;
import io.github.multilabel.training.event.EpochReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Epoch reports as JSON, to the last digit, and back. */
final class HistoryJson {

    private HistoryJson() {}

    static JsonArray write(List<EpochReport> history) {
        JsonArray json = new JsonArray();
        history.forEach(report -> json.add(write(report)));
        return json;
    }

    private static JsonObject write(EpochReport report) {
        JsonObject json = new JsonObject();
        json.addProperty("epoch", report.epoch());
        json.addProperty("learningRate", report.learningRate());
        json.addProperty("imagesPerSecond", report.imagesPerSecond());
        json.addProperty("skippedBatches", report.skippedBatches());
        json.add("training", EvaluationJson.write(report.training()));
        report.validation().ifPresent(validation -> json.add("validation", EvaluationJson.write(validation)));
        return json;
    }

    static List<EpochReport> read(JsonArray json, HeadSet heads) {
        List<EpochReport> history = new ArrayList<>();
        for (JsonElement element : json) {
            JsonObject report = element.getAsJsonObject();
            history.add(new EpochReport(
                    report.get("epoch").getAsInt(),
                    report.get("learningRate").getAsDouble(),
                    EvaluationJson.read(report.getAsJsonObject("training"), heads),
                    Optional.ofNullable(report.getAsJsonObject("validation"))
                            .map(validation -> EvaluationJson.read(validation, heads)),
                    report.get("imagesPerSecond").getAsDouble(),
                    report.get("skippedBatches").getAsInt()));
        }
        return history;
    }
}
