package io.github.multilabel.serving.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.multilabel.core.Head;
import io.github.multilabel.serving.ModelInfo;
import io.github.multilabel.serving.ServedModel;
import java.util.Locale;

/** Tells which models there are, and what they answer. */
final class ModelsEndpoint implements Endpoint.Immediate {

    private final Models models;

    ModelsEndpoint(Models models) {
        this.models = models;
    }

    @Override
    public Answer answer(Call call) {
        JsonArray list = new JsonArray();
        models.all().stream().map(ServedModel::info).map(ModelsEndpoint::json).forEach(list::add);
        JsonObject json = new JsonObject();
        json.add("models", list);
        return Answer.json(json);
    }

    private static JsonObject json(ModelInfo info) {
        JsonArray heads = new JsonArray();
        info.heads().forEach(head -> heads.add(json(head)));
        JsonObject json = new JsonObject();
        json.addProperty("name", info.name());
        json.addProperty("version", info.version());
        json.addProperty("engine", info.engine());
        json.addProperty("explainable", info.isExplainable());
        json.addProperty("loaded", info.loaded().toString());
        json.add("heads", heads);
        return json;
    }

    private static JsonObject json(Head head) {
        JsonArray categories = new JsonArray();
        head.categories().forEach(categories::add);
        JsonObject json = new JsonObject();
        json.addProperty("name", head.name());
        json.addProperty("kind", head.kind().name().toLowerCase(Locale.ROOT));
        json.add("categories", categories);
        return json;
    }
}
