package io.github.multilabel.serving.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionResult;
import io.github.multilabel.serving.ModelInfo;
import io.github.multilabel.serving.ServedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * The routes of the Open Inference Protocol, version 2 (<a
 * href="https://github.com/kserve/open-inference-protocol">github.com/kserve/open-inference-protocol</a>), with its
 * extension for binary tensors.
 */
final class InferenceProtocol {

    private static final String MODEL = "/v2/models/{model}";
    private static final String VERSION = MODEL + "/versions/{version}";

    /** Bytes, their text, the text of each image, and the image. */
    private static final int COPIES_OF_JSON = 4;

    private final Models models;
    private final BooleanSupplier isReady;

    /** @param isReady whether requests should come */
    InferenceProtocol(Models models, BooleanSupplier isReady) {
        this.models = models;
        this.isReady = isReady;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v2", Endpoint.of(call -> Answer.json(server()))),
                Route.get("/v2/health/live", Endpoint.of(call -> Answer.json(state("live", true))))
                        .open(),
                Route.get("/v2/health/ready", Endpoint.of(call -> ready())).open(),
                Route.get(MODEL, Endpoint.of(call -> Answer.json(metadata(info(call))))),
                Route.get(MODEL + "/ready", Endpoint.of(call -> ready(info(call)))),
                Route.post(MODEL + "/infer", call -> infer(model(call), call)),
                Route.get(VERSION, Endpoint.of(call -> Answer.json(metadata(ofVersion(call))))),
                Route.get(VERSION + "/ready", Endpoint.of(call -> ready(ofVersion(call)))),
                Route.post(VERSION + "/infer", call -> {
                    var unused = ofVersion(call);
                    return infer(model(call), call);
                }));
    }

    private ServedModel model(Call call) {
        return models.named(call.variable("model"));
    }

    private ModelInfo info(Call call) {
        return model(call).info();
    }

    private ModelInfo ofVersion(Call call) {
        ModelInfo info = info(call);
        String version = call.variable("version");
        if (!info.version().equals(version)) {
            throw new Refusal(
                    Refusal.NOT_FOUND,
                    "the model '" + info.name() + "' has no version '" + version + "'; now it is " + info.version());
        }
        return info;
    }

    private static JsonObject server() {
        JsonArray extensions = new JsonArray();
        extensions.add("binary_tensor_data");
        JsonObject json = new JsonObject();
        json.addProperty("name", "multilabel");
        json.addProperty("version", Version.of());
        json.add("extensions", extensions);
        return json;
    }

    private static JsonObject state(String name, boolean is) {
        JsonObject json = new JsonObject();
        json.addProperty(name, is);
        return json;
    }

    private Answer ready() {
        boolean is = isReady.getAsBoolean();
        Answer answer = Answer.json(state("ready", is));
        return is ? answer : answer.withStatus(Refusal.UNAVAILABLE);
    }

    private Answer ready(ModelInfo info) {
        JsonObject json = state("ready", isReady.getAsBoolean());
        json.addProperty("name", info.name());
        Answer answer = Answer.json(json);
        return isReady.getAsBoolean() ? answer : answer.withStatus(Refusal.UNAVAILABLE);
    }

    private static JsonObject metadata(ModelInfo info) {
        JsonArray versions = new JsonArray();
        versions.add(info.version());
        JsonArray inputs = new JsonArray();
        inputs.add(InferResponse.tensor(InferRequest.INPUT, "BYTES", -1));
        JsonObject json = new JsonObject();
        json.addProperty("name", info.name());
        json.add("versions", versions);
        json.addProperty("platform", "multilabel_" + info.engine());
        json.add("inputs", inputs);
        json.add("outputs", InferResponse.outputs(info));
        return json;
    }

    private CompletableFuture<Answer> infer(ServedModel model, Call call) {
        OptionalInt jsonLength = call.header("Inference-Header-Content-Length")
                .map(InferenceProtocol::number)
                .orElse(OptionalInt.empty());
        return call.body(jsonLength.isPresent() ? 2 : COPIES_OF_JSON).thenCompose(body -> {
            InferRequest request = InferRequest.read(body, jsonLength);
            return models.predict(model, request.images())
                    .thenApply(predicted ->
                            new InferResponse(predicted.model(), request, predictions(predicted.results())).answer());
        });
    }

    private static OptionalInt number(String text) {
        try {
            return OptionalInt.of(Integer.parseInt(text.strip()));
        } catch (NumberFormatException e) {
            throw new Refusal(Refusal.BAD_REQUEST, "Inference-Header-Content-Length is not a whole number");
        }
    }

    /** The protocol has no place for the problem of one image among others. */
    private static List<Prediction> predictions(List<PredictionResult> results) {
        List<Prediction> predictions = new ArrayList<>();
        for (PredictionResult result : results) {
            predictions.add(result.when(prediction -> prediction, failure -> {
                throw new Refusal(Refusal.UNUSABLE, failure.source() + ": " + failure.reason());
            }));
        }
        return predictions;
    }
}
