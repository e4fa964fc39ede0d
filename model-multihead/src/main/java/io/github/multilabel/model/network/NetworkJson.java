package io.github.multilabel.model.network;

import ai.djl.MalformedModelException;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.multilabel.core.internal.files.JsonFields;
import io.github.multilabel.core.internal.message.Excerpt;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** A network as JSON and back. Reading trusts nothing: every layer passes the checks of {@link NetworkBuilder}. */
final class NetworkJson {

    private static final Set<String> NETWORK_FIELDS = new LinkedHashSet<>(List.of("name", "layers"));

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
            JsonFields json = JsonFields.parse(text);
            json.requireFields(NETWORK_FIELDS);
            NetworkBuilder network = Network.builder(json.text("name"));
            json.objects("layers").forEach(layer -> append(network, layer));
            return network.build();
        } catch (IllegalArgumentException e) {
            throw new MalformedModelException("the description of the network cannot be used: " + e.getMessage(), e);
        }
    }

    private static void append(NetworkBuilder network, JsonFields layer) {
        String name = layer.text("name");
        List<String> inputs;
        String stage;
        Op op;
        try {
            stage = string(layer, "stage");
            JsonArray names = JsonFields.list("field 'inputs'", layer.json().get("inputs"));
            inputs = StreamSupport.stream(names.spliterator(), false)
                    .map(input -> string("an input", input))
                    .toList();
            op = OpJson.read(string(layer, "op"), layer);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("layer '" + Excerpt.of(name) + "': " + e.getMessage(), e);
        }
        network.append(name, stage, op, inputs);
    }

    private static String string(JsonFields layer, String field) {
        return string("field '" + field + "'", layer.json().get(field));
    }

    private static String string(String what, JsonElement value) {
        return JsonFields.primitive(what, "a string", value, JsonPrimitive::isString)
                .getAsString();
    }
}
