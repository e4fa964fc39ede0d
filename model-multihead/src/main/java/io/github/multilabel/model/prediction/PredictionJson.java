package io.github.multilabel.model.prediction;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.multilabel.core.Head;
import java.util.List;
import java.util.function.Function;

/** Predictions as one line of strict JSON each. */
final class PredictionJson {

    private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

    private PredictionJson() {}

    static String write(PredictionFailure failure) {
        JsonObject json = image(failure);
        json.addProperty("error", failure.reason());
        return JSON.toJson(json);
    }

    static String write(Prediction prediction) {
        return write(prediction, HeadPrediction::probabilities);
    }

    /**
     * Writes some of the probabilities.
     *
     * @param shown which of a head, and in which order
     */
    static String write(Prediction prediction, Function<HeadPrediction, List<CategoryProbability>> shown) {
        JsonObject heads = new JsonObject();
        for (HeadPrediction head : prediction.heads()) {
            heads.add(head.head().name(), json(head, shown.apply(head)));
        }
        JsonObject json = image(prediction);
        json.add("heads", heads);
        prediction.sure().ifPresent(sure -> json.add("sure", names(sure)));
        prediction.distance().ifPresent(distance -> {
            json.addProperty("unusual", distance.isUnusual());
            json.addProperty("distance", distance.value());
        });
        prediction.combination().ifPresent(combination -> json.add("combination", json(combination)));
        return JSON.toJson(json);
    }

    private static JsonArray names(List<HeadPrediction> heads) {
        JsonArray names = new JsonArray();
        heads.forEach(head -> names.add(head.name()));
        return names;
    }

    private static JsonObject image(PredictionResult result) {
        JsonObject json = new JsonObject();
        json.addProperty("image", result.source());
        return json;
    }

    private static JsonObject json(Combination combination) {
        JsonObject categories = new JsonObject();
        combination.categories().forEach(categories::addProperty);
        JsonObject json = new JsonObject();
        json.add("categories", categories);
        json.addProperty("probability", combination.probability());
        json.addProperty("unusual", combination.unusual());
        return json;
    }

    private static JsonObject json(HeadPrediction prediction, List<CategoryProbability> shown) {
        JsonObject json = new JsonObject();
        if (prediction.head().kind() == Head.Kind.SINGLE_LABEL) {
            CategoryProbability best = prediction.best();
            json.addProperty("category", best.category());
            json.addProperty("probability", best.probability());
            if (prediction.threshold().isPresent() || prediction.unknown()) {
                json.addProperty("unknown", prediction.unknown());
            }
        } else {
            JsonArray tags = new JsonArray();
            prediction.predicted().forEach(tag -> tags.add(tag.category()));
            json.add("categories", tags);
        }
        JsonObject probabilities = new JsonObject();
        shown.forEach(one -> probabilities.addProperty(one.category(), one.probability()));
        json.add("probabilities", probabilities);
        return json;
    }
}
