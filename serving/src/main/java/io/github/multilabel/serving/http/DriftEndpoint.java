package io.github.multilabel.serving.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.multilabel.model.drift.HeadDrift;
import io.github.multilabel.serving.ServedModel;

/** Tells how far the answers of a model are from those on validation images. */
final class DriftEndpoint implements Endpoint.Immediate {

    /** Categories of a head, those first that have changed most. */
    private static final int MOST_SHARES = 10;

    private final Models models;

    DriftEndpoint(Models models) {
        this.models = models;
    }

    @Override
    public Answer answer(Call call) {
        ServedModel model = models.asked(call);
        JsonArray heads = new JsonArray();
        model.drift().forEach(head -> heads.add(json(head)));
        JsonObject json = new JsonObject();
        json.addProperty("model", model.name());
        json.add("heads", heads);
        return Answer.json(json);
    }

    private static JsonObject json(HeadDrift head) {
        JsonArray shares = new JsonArray();
        head.shares().stream().limit(MOST_SHARES).forEach(share -> {
            JsonObject json = new JsonObject();
            json.addProperty("category", share.category());
            json.addProperty("before", share.before());
            json.add("now", number(share.now()));
            shares.add(json);
        });
        JsonObject json = new JsonObject();
        json.addProperty("name", head.head());
        json.addProperty("images", head.images());
        json.add("categories", number(head.categories()));
        json.add("categoriesByChance", number(head.categoriesByChance()));
        json.add("confidence", number(head.confidence()));
        json.add("confidenceByChance", number(head.confidenceByChance()));
        json.add("shares", shares);
        return json;
    }

    /** What is not known is null. */
    private static JsonElement number(double value) {
        return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
    }
}
