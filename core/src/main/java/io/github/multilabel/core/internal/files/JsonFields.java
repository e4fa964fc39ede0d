package io.github.multilabel.core.internal.files;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.multilabel.core.internal.message.Excerpt;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A JSON object that is read field by field. Each method throws {@link IllegalArgumentException} that names the field
 * is missing or of another type.
 *
 * @param where the way to this object, for messages; empty at the top, otherwise with a dot at its end
 */
public record JsonFields(String where, JsonObject json) {

    /** The one object that a text holds, see {@link StrictJson}. */
    public static JsonFields parse(String text) {
        try {
            return new JsonFields("", StrictJson.object(text));
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    public boolean has(String field) {
        return json.has(field);
    }

    public String text(String field) {
        return text(where + field, json.get(field));
    }

    public double number(String field) {
        return number(where + field, json.get(field));
    }

    public int whole(String field) {
        return whole(where + field, json.get(field));
    }

    public boolean truth(String field) {
        return primitive(quoted(where + field), "true or false", json.get(field), JsonPrimitive::isBoolean)
                .getAsBoolean();
    }

    /** @param names of the constants in files */
    public <E extends Enum<E>> E oneOf(String field, E[] constants, Function<E, String> names) {
        String name = text(field);
        return Arrays.stream(constants)
                .filter(constant -> names.apply(constant).equals(name))
                .findFirst()
                .orElseThrow(() -> wrong(
                        quoted(where + field),
                        "one of " + Arrays.stream(constants).map(names).toList(),
                        json.get(field)));
    }

    public List<String> texts(String field) {
        return list(field, (name, element) -> text(name, element));
    }

    public List<Double> numbers(String field) {
        return list(field, (name, element) -> number(name, element));
    }

    public List<Integer> wholes(String field) {
        return list(field, JsonFields::whole);
    }

    public JsonFields object(String field) {
        return object(where + field, json.get(field));
    }

    public List<JsonFields> objects(String field) {
        return list(field, JsonFields::object);
    }

    private interface Read<T> {
        T read(String name, JsonElement element);
    }

    private <T> List<T> list(String field, Read<T> read) {
        JsonArray array = list(quoted(where + field), json.get(field));
        return IntStream.range(0, array.size())
                .mapToObj(i -> read.read(where + field + "[" + i + "]", array.get(i)))
                .toList();
    }

    private static JsonFields object(String name, JsonElement value) {
        if (value == null || !value.isJsonObject()) {
            throw wrong(quoted(name), "an object", value);
        }
        return new JsonFields(name + ".", value.getAsJsonObject());
    }

    private static String text(String name, JsonElement value) {
        return primitive(quoted(name), "a text", value, JsonPrimitive::isString).getAsString();
    }

    private static double number(String name, JsonElement value) {
        return primitive(quoted(name), "a number", value, JsonPrimitive::isNumber)
                .getAsDouble();
    }

    private static int whole(String name, JsonElement value) {
        double number = number(name, value);
        if (number != (int) number) {
            throw wrong(quoted(name), "a whole number", value);
        }
        return (int) number;
    }

    /** @throws IllegalArgumentException unless there are these fields and no others */
    public void requireFields(Set<String> fields) {
        if (!json.keySet().equals(fields)) {
            throw new IllegalArgumentException(
                    "it has the fields " + Excerpt.of(json.keySet()) + ", expected " + fields);
        }
    }

    /**
     * A value as a list.
     *
     * @param what it is, for messages
     * @param value null if it is missing
     */
    public static JsonArray list(String what, JsonElement value) {
        if (value == null || !value.isJsonArray()) {
            throw wrong(what, "a list", value);
        }
        return value.getAsJsonArray();
    }

    /**
     * A value that is neither a list nor an object.
     *
     * @param what it is, for messages
     * @param wanted what it must be, for messages
     * @param value null if it is missing
     * @param fits whether it is that
     */
    public static JsonPrimitive primitive(
            String what, String wanted, JsonElement value, Predicate<JsonPrimitive> fits) {
        if (value == null || !value.isJsonPrimitive() || !fits.test(value.getAsJsonPrimitive())) {
            throw wrong(what, wanted, value);
        }
        return value.getAsJsonPrimitive();
    }

    private static String quoted(String name) {
        return "'" + name + "'";
    }

    /** The refusal of a value, which is null if it is missing. */
    public static IllegalArgumentException wrong(String what, String wanted, JsonElement value) {
        return new IllegalArgumentException(
                what + " must be " + wanted + (value == null ? ", but is missing" : ", got " + shown(value)));
    }

    /** A list or an object is not written out: it could be as large as the file. */
    private static String shown(JsonElement value) {
        return value.isJsonArray() ? "a list" : value.isJsonObject() ? "an object" : Excerpt.of(value);
    }
}
