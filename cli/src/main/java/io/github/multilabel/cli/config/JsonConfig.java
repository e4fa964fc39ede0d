package io.github.multilabel.cli.config;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.multilabel.cli.config.ConfigEntry.Named;
import io.github.multilabel.cli.config.ConfigEntry.Nothing;
import io.github.multilabel.cli.config.ConfigEntry.One;
import io.github.multilabel.cli.config.ConfigEntry.Several;
import io.github.multilabel.cli.config.ConfigEntry.Value;
import io.github.multilabel.core.internal.message.Excerpt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The entries of an object of JSON. Numbers are texts as they were written. */
final class JsonConfig {

    private JsonConfig() {}

    static List<ConfigEntry> entries(ConfigSource source, JsonObject object) {
        List<ConfigEntry> entries = new ArrayList<>();
        object.entrySet()
                .forEach(member -> entries.add(new ConfigEntry(
                        member.getKey(),
                        value(source, "'" + Excerpt.of(member.getKey()) + "'", member.getValue()),
                        source.at())));
        return entries;
    }

    private static Value value(ConfigSource source, String name, JsonElement value) {
        if (value.isJsonNull()) {
            return new Nothing();
        }
        if (value.isJsonArray()) {
            List<String> texts = new ArrayList<>();
            value.getAsJsonArray().forEach(entry -> texts.add(text(source, "each entry of the list " + name, entry)));
            return new Several(texts);
        }
        if (value.isJsonObject()) {
            Map<String, String> texts = new LinkedHashMap<>();
            value.getAsJsonObject()
                    .entrySet()
                    .forEach(member -> texts.put(
                            member.getKey(),
                            text(source, "'" + Excerpt.of(member.getKey()) + "' in " + name, member.getValue())));
            return new Named(texts);
        }
        return new One(value.getAsString());
    }

    private static String text(ConfigSource source, String what, JsonElement value) {
        if (!value.isJsonPrimitive()) {
            throw source.refusal(
                    what + " must be a single value, got " + (value.isJsonNull() ? "null" : "a list or an object"));
        }
        return value.getAsString();
    }
}
