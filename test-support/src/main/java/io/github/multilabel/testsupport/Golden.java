package io.github.multilabel.testsupport;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Numbers of another library, read from a JSON file in {@code /golden}, beside the script that made them. */
public final class Golden {

    private final JsonObject json;

    private Golden(JsonObject json) {
        this.json = json;
    }

    /** @param file its name below {@code src/test/resources/golden} of the module under test */
    public static Golden read(String file) {
        return new Golden(json(file));
    }

    /** A file as Gson gives it, for one that holds more than numbers by name. */
    public static JsonObject json(String file) {
        String resource = "/golden/" + file;
        try (InputStream in = Golden.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no " + resource + " among the test resources");
            }
            Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
            return JsonParser.parseReader(reader).getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The objects of one list of a file. */
    public static List<JsonObject> cases(String file, String list) {
        return StreamSupport.stream(json(file).getAsJsonArray(list).spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    public Golden part(String name) {
        return new Golden(json.getAsJsonObject(name));
    }

    public Set<String> names() {
        return json.keySet();
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
