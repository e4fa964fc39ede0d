package io.github.multilabel.cli.info;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A report for people: a line for each field, and what is inside another field moved in. */
final class ReportText {

    private static final String INDENT = "  ";
    /** Fields of an entry whose values speak for themselves. */
    private static final Set<String> NAMELESS = Set.of("name", "path", "kind");

    private static final String OF_TRAINING = "nativeThreads";
    private static final Pattern CAMEL_CASE = Pattern.compile("[a-z]+(?:[A-Z][a-z]*)+");

    private ReportText() {}

    static String of(JsonObject report) {
        StringBuilder text = new StringBuilder();
        append(text, report, "");
        return text.toString().stripTrailing();
    }

    private static void append(StringBuilder text, JsonObject object, String indent) {
        int width = object.entrySet().stream()
                .filter(field -> !field.getValue().isJsonObject())
                .mapToInt(field -> words(field.getKey()).length())
                .max()
                .orElse(0);
        for (Map.Entry<String, JsonElement> field : object.entrySet()) {
            String name = words(field.getKey());
            if (field.getValue() instanceof JsonObject inner) {
                text.append(indent).append(name).append('\n');
                append(text, inner, indent + INDENT);
            } else if (isOfObjects(field.getValue())) {
                text.append(indent).append(name).append('\n');
                for (JsonElement inner : field.getValue().getAsJsonArray()) {
                    text.append(indent)
                            .append(INDENT)
                            .append(line(inner.getAsJsonObject()))
                            .append('\n');
                }
            } else {
                text.append(indent)
                        .append(String.format(Locale.ROOT, "%-" + (width + 2) + "s", name + ":"))
                        .append(value(field.getValue()))
                        .append('\n');
            }
        }
    }

    private static boolean isOfObjects(JsonElement value) {
        return value instanceof JsonArray list && !list.isEmpty() && list.get(0).isJsonObject();
    }

    /** An entry of a list: its first field, then the others. */
    private static String line(JsonObject entry) {
        return entry.entrySet().stream()
                .map(field -> part(field.getKey(), field.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** {@code 5 categories}, {@code not finished}, {@code first Audi, BMW}. */
    private static String part(String name, JsonElement value) {
        if (NAMELESS.contains(name)) {
            return value(value);
        }
        if (value instanceof JsonPrimitive primitive && primitive.isBoolean()) {
            return (primitive.getAsBoolean() ? "" : "not ") + words(name);
        }
        return value instanceof JsonPrimitive primitive && primitive.isNumber()
                ? value(value) + " " + words(name)
                : words(name) + " " + value(value);
    }

    private static String value(JsonElement value) {
        if (value instanceof JsonArray list) {
            return list.isEmpty()
                    ? "none"
                    : StreamSupport.stream(list.spliterator(), false)
                            .map(ReportText::value)
                            .collect(Collectors.joining(", "));
        }
        if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
            double number = primitive.getAsDouble();
            return number == Math.rint(number) && Math.abs(number) < 1e15
                    ? String.format(Locale.ROOT, "%,d", (long) number)
                    : primitive.getAsString();
        }
        if (value instanceof JsonPrimitive primitive && primitive.isBoolean()) {
            return primitive.getAsBoolean() ? "yes" : "no";
        }
        return value.getAsString();
    }

    /** {@code cropMode} is crop mode; {@code F32} is no words, nor is the name of a head. */
    private static String words(String name) {
        if (name.equals(OF_TRAINING)) {
            return "native threads of the training"; // beside those that PyTorch takes by default
        }
        return CAMEL_CASE.matcher(name).matches()
                ? name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT)
                : name;
    }
}
