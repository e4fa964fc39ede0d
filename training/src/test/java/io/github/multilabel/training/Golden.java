package io.github.multilabel.training;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.stream.StreamSupport;

/** Numbers of another library, read from the JSON beside the script that made them. */
public final class Golden {

    private final JsonObject json;

    private Golden(JsonObject json) {
        this.json = json;
    }

    public static Golden read(String name) throws IOException {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name);
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return new Golden(new Gson().fromJson(reader, JsonObject.class));
        }
    }

    public Golden part(String name) {
        return new Golden(json.getAsJsonObject(name));
    }

    public boolean has(String name) {
        return json.has(name);
    }

    public double number(String name) {
        return json.get(name).getAsDouble();
    }

    public double[] numbers(String name) {
        return StreamSupport.stream(json.getAsJsonArray(name).spliterator(), false)
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
    }

    public float[] floats(String name) {
        double[] numbers = numbers(name);
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    public long[] longs(String name) {
        double[] numbers = numbers(name);
        long[] longs = new long[numbers.length];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = (long) numbers[i];
        }
        return longs;
    }
}
