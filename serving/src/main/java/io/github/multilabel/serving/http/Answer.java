package io.github.multilabel.serving.http;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a request is answered with.
 *
 * @param type the media type of the body
 * @param headers others than that
 */
record Answer(int status, String type, byte[] body, Map<String, String> headers) {

    private static final String JSON = "application/json";

    static Answer of(String type, byte[] body) {
        return new Answer(200, type, body, Map.of());
    }

    static Answer text(String type, String body) {
        return of(type, body.getBytes(StandardCharsets.UTF_8));
    }

    static Answer json(JsonElement body) {
        return json(body.toString());
    }

    static Answer json(String body) {
        return text(JSON, body);
    }

    /** A problem, in the words of the Open Inference Protocol. */
    static Answer problem(int status, String message, Map<String, String> headers) {
        JsonObject json = new JsonObject();
        json.addProperty("error", message);
        return new Answer(status, JSON, json.toString().getBytes(StandardCharsets.UTF_8), headers);
    }

    /** The same under another status. */
    Answer withStatus(int other) {
        return new Answer(other, type, body, headers);
    }
}
