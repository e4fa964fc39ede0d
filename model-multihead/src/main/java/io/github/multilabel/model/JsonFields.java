package io.github.multilabel.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.multilabel.core.internal.files.StrictJson;
import io.github.multilabel.core.internal.message.Excerpt;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A JSON object that is read field by field. Each method throws {@link IllegalArgumentException} that tells which field
 * is missing or of another type.
 *
 * @param where the way to this object, for messages; empty at the top, otherwise with a dot at its end
 */
record JsonFields(String where, JsonObject json) {

    static JsonFields parse(String text) {
        try {
            return new JsonFields("", StrictJson.object(text));
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    boolean has(String field) {
        return json.has(field);
    }

    String text(String field) {
        return text(where + field, json.get(field));
    }

    double number(String field) {
        return number(where + field, json.get(field));
    }

    int whole(String field) {
        double value = number(field);
        if (value != (int) value) {
            throw wrong(where + field, "a whole number", json.get(field));
        }
        return (int) value;
    }

    boolean truth(String field) {
        return primitive(where + field, "true or false", json.get(field), JsonPrimitive::isBoolean)
                .getAsBoolean();
    }

    /** @param names of the constants in files */
    <E extends Enum<E>> E oneOf(String field, E[] constants, Function<E, String> names) {
        String name = text(field);
        return Arrays.stream(constants)
                .filter(constant -> names.apply(constant).equals(name))
                .findFirst()
                .orElseThrow(() -> wrong(
                        where + field,
                        "one of " + Arrays.stream(constants).map(names).toList(),
                        json.get(field)));
    }

    List<String> texts(String field) {
        return list(field, (name, element) -> text(name, element));
    }

    List<Double> numbers(String field) {
        return list(field, (name, element) -> number(name, element));
    }

    JsonFields object(String field) {
        return object(where + field, json.get(field));
    }

    List<JsonFields> objects(String field) {
        return list(field, JsonFields::object);
    }

    private interface Read<T> {
        T read(String name, JsonElement element);
    }

    private <T> List<T> list(String field, Read<T> read) {
        JsonElement value = json.get(field);
        if (value == null || !value.isJsonArray()) {
            throw wrong(where + field, "a list", value);
        }
        JsonArray array = value.getAsJsonArray();
        return IntStream.range(0, array.size())
                .mapToObj(i -> read.read(where + field + "[" + i + "]", array.get(i)))
                .toList();
    }

    private static JsonFields object(String name, JsonElement value) {
        if (value == null || !value.isJsonObject()) {
            throw wrong(name, "an object", value);
        }
        return new JsonFields(name + ".", value.getAsJsonObject());
    }

    private static String text(String name, JsonElement value) {
        return primitive(name, "a text", value, JsonPrimitive::isString).getAsString();
    }

    private static double number(String name, JsonElement value) {
        return primitive(name, "a number", value, JsonPrimitive::isNumber).getAsDouble();
    }

    private static JsonPrimitive primitive(
            String name, String wanted, JsonElement value, Function<JsonPrimitive, Boolean> fits) {
        if (value == null || !value.isJsonPrimitive() || !fits.apply(value.getAsJsonPrimitive())) {
            throw wrong(name, wanted, value);
        }
        return value.getAsJsonPrimitive();
    }

    private static IllegalArgumentException wrong(String name, String wanted, JsonElement value) {
        return new IllegalArgumentException(
                "'" + name + "' must be " + wanted + (value == null ? ", but is missing" : ", got " + shown(value)));
    }

    /** A list or an object is not written out: it could be as large as the file. */
    private static String shown(JsonElement value) {
        return value.isJsonArray() ? "a list" : value.isJsonObject() ? "an object" : Excerpt.of(value);
    }
}
