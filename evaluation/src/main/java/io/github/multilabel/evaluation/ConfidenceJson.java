package io.github.multilabel.evaluation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.multilabel.evaluation.calibration.AbstentionChoice;
import io.github.multilabel.evaluation.calibration.CalibrationError;
import io.github.multilabel.evaluation.calibration.ReliabilityCurve;
import io.github.multilabel.evaluation.scoring.HeadConfidence;

/** What {@link MetricsJson} writes of how far the probabilities of a head can be trusted. */
final class ConfidenceJson {

    private ConfidenceJson() {}

    static void add(JsonObject head, HeadConfidence confidence) {
        head.add("calibration", calibration(confidence));
        JsonObject risk = new JsonObject();
        risk.add("area", MetricsJson.number(confidence.riskArea()));
        JsonArray points = new JsonArray();
        confidence.riskCoverage().forEach(point -> points.add(list(point.threshold(), point.coverage(), point.risk())));
        risk.add("points", points);
        head.add("riskCoverage", risk);
        head.add(
                "unknown",
                confidence
                        .abstention()
                        .<JsonElement>map(ConfidenceJson::unknown)
                        .orElse(JsonNull.INSTANCE));
    }

    private static JsonObject calibration(HeadConfidence confidence) {
        CalibrationError error = confidence.error();
        JsonObject json = new JsonObject();
        json.addProperty("answers", confidence.answers());
        json.add("equalMass", MetricsJson.number(error.equalMass()));
        json.add("equalWidth", MetricsJson.number(error.equalWidth()));
        json.add("maximum", MetricsJson.number(error.maximum()));
        JsonObject bins = new JsonObject();
        bins.add("equalWidth", bins(confidence.equalWidth()));
        bins.add("equalMass", bins(confidence.equalMass()));
        json.add("bins", bins);
        return json;
    }

    private static JsonArray bins(ReliabilityCurve curve) {
        JsonArray bins = new JsonArray();
        curve.bins().forEach(bin -> bins.add(list(bin.answers(), bin.probability(), bin.right())));
        return bins;
    }

    private static JsonObject unknown(AbstentionChoice choice) {
        JsonObject json = new JsonObject();
        json.add("threshold", MetricsJson.number(choice.threshold()));
        json.add("wished", MetricsJson.number(choice.wished()));
        json.addProperty("answers", choice.answers());
        json.add("coverage", MetricsJson.number(choice.coverage()));
        json.add("precision", MetricsJson.number(choice.precision()));
        json.add("leastPrecision", MetricsJson.number(choice.leastPrecision()));
        return json;
    }

    private static JsonArray list(Number... numbers) {
        JsonArray list = new JsonArray();
        for (Number number : numbers) {
            list.add(number);
        }
        return list;
    }
}
