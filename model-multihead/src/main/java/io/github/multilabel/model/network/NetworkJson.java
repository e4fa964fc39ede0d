package io.github.multilabel.model.network;

import ai.djl.MalformedModelException;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.multilabel.core.internal.files.StrictJson;
import io.github.multilabel.core.internal.message.Excerpt;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** A network as JSON and back. Reading trusts nothing: every layer passes the checks of {@link NetworkBuilder}. */
final class NetworkJson {

    private static final Set<String> NETWORK_FIELDS = Set.of("name", "layers");

    private NetworkJson() {}

    static String write(Network network) {
        JsonArray layers = new JsonArray();
        for (Layer layer : network.layers()) {
            JsonObject json = new JsonObject();
            json.addProperty("name", layer.name());
            json.addProperty("stage", layer.stage());
            JsonArray inputs = new JsonArray();
            layer.inputs().forEach(inputs::add);
            json.add("inputs", inputs);
            OpJson.write(layer.op(), json);
            layers.add(json);
        }
        JsonObject json = new JsonObject();
        json.addProperty("name", network.name());
        json.add("layers", layers);
        return new GsonBuilder().setPrettyPrinting().create().toJson(json);
    }

    static Network read(String text) throws MalformedModelException {
        try {
            JsonObject json = StrictJson.object(text);
            if (!json.keySet().equals(NETWORK_FIELDS)) {
                throw new IllegalArgumentException("the description of a network has the fields name and layers, got "
                        + Excerpt.of(json.keySet()));
            }
            NetworkBuilder network = Network.builder(string(json, "name"));
            for (JsonElement element : array(json, "layers")) {
                JsonObject layer = object("a layer", element);
                append(network, layer);
            }
            return network.build();
        } catch (IllegalArgumentException | IOException e) {
            throw new MalformedModelException("the description of the network cannot be used: " + e.getMessage(), e);
        }
    }

    private static void append(NetworkBuilder network, JsonObject layer) {
        String name = string(layer, "name");
        List<String> inputs;
        String stage;
        Op op;
        try {
            stage = string(layer, "stage");
            inputs = StreamSupport.stream(array(layer, "inputs").spliterator(), false)
                    .map(input -> string("an input", input))
                    .toList();
            op = OpJson.read(string(layer, "op"), layer);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("layer '" + Excerpt.of(name) + "': " + e.getMessage(), e);
        }
        network.append(name, stage, op, inputs);
    }

    private static JsonObject object(String what, JsonElement json) {
        if (json == null || !json.isJsonObject()) {
            throw new IllegalArgumentException(what + " must be a JSON object, got " + Excerpt.of(json));
        }
        return json.getAsJsonObject();
    }

    private static JsonArray array(JsonObject json, String field) {
        JsonElement value = json.get(field);
        if (value == null || !value.isJsonArray()) {
            throw new IllegalArgumentException("field '" + field + "' must be a list, got " + Excerpt.of(value));
        }
        return value.getAsJsonArray();
    }

    private static String string(JsonObject json, String field) {
        return string("field '" + field + "'", json.get(field));
    }

    private static String string(String what, JsonElement value) {
        if (value == null
                || !value.isJsonPrimitive()
                || !value.getAsJsonPrimitive().isString()) {
            throw new IllegalArgumentException(what + " must be a string, got " + Excerpt.of(value));
        }
        return value.getAsString();
    }
}
