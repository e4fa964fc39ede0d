package io.github.multilabel.serving.http;

import com.google.gson.JsonPrimitive;
import io.github.multilabel.model.prediction.PredictionFailure;
import io.github.multilabel.model.prediction.PredictionResult;
import io.github.multilabel.serving.ModelInfo;
import io.github.multilabel.serving.ServedModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

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

    /** Predictions know how they are written, so what is around them is written by hand. */
    private static Answer answer(ModelInfo info, List<PredictionResult> results, Optional<Integer> top) {
        String predictions = results.stream()
                .map(result -> top.map(result::toJson).orElseGet(result::toJson))
                .collect(Collectors.joining(",", "[", "]"));
        boolean isUnusable = results.size() == 1 && results.get(0) instanceof PredictionFailure;
        String error = isUnusable ? ",\"error\":" + text(((PredictionFailure) results.get(0)).reason()) : "";
        Answer answer = Answer.json("{\"model\":" + text(info.name()) + ",\"version\":" + text(info.version())
                + ",\"predictions\":" + predictions + error + "}");
        return isUnusable ? answer.withStatus(Refusal.UNUSABLE) : answer;
    }

    private static String text(String text) {
        return new JsonPrimitive(text).toString();
    }
}
