package io.github.multilabel.serving.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.model.prediction.PredictionFailure;
import io.github.multilabel.model.prediction.PredictionResult;
import io.github.multilabel.serving.ModelInfo;
import io.github.multilabel.serving.ServedModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Predicts the images of a request, and answers as {@code multilabel predict} prints. */
final class PredictEndpoint implements Endpoint {

    private final Models models;
    private final int mostImages;

    PredictEndpoint(Models models, int mostImages) {
        this.models = models;
        this.mostImages = mostImages;
    }

    @Override
    public CompletableFuture<Answer> answer(Call call) {
        ServedModel model = models.asked(call);
        Optional<Integer> top = call.parameter("top").map(PredictEndpoint::positive);
        return Images.read(call, mostImages)
                .thenCompose(images -> models.predict(model, images))
                .thenApply(predicted -> answer(predicted.model(), predicted.results(), top));
    }

    private static int positive(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) { // told below
        }
        throw new Refusal(Refusal.BAD_REQUEST, "top=" + text + ": a whole number, at least 1");
    }

    private static Answer answer(ModelInfo info, List<PredictionResult> results, Optional<Integer> top) {
        JsonArray predictions = new JsonArray();
        results.forEach(result ->
                predictions.add(JsonParser.parseString(top.map(result::toJson).orElseGet(result::toJson))));
        JsonObject json = new JsonObject();
        json.addProperty("model", info.name());
        json.addProperty("version", info.version());
        json.add("predictions", predictions);
        boolean isUnusable = results.size() == 1 && results.get(0) instanceof PredictionFailure;
        if (isUnusable) {
            json.addProperty("error", ((PredictionFailure) results.get(0)).reason());
        }
        return isUnusable ? Answer.json(json).withStatus(Refusal.UNUSABLE) : Answer.json(json);
    }
}
