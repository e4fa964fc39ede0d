package io.github.multilabel.data.internal.parquet;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.multilabel.core.internal.files.StrictJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of categories that data sets of Hugging Face write as numbers.
 *
 * @param names of each such column, from number 0 on
 */
record ClassLabels(Map<String, List<String>> names) {

    private static final String NOTE = "huggingface";

    /** @param notes of the file, by their names */
    static ClassLabels of(Map<String, String> notes) {
        Map<String, List<String>> names = new HashMap<>();
        try {
            JsonElement info = StrictJson.object(notes.getOrDefault(NOTE, "{}")).get("info");
            if (info instanceof JsonObject object && object.get("features") instanceof JsonObject features) {
                features.entrySet().forEach(feature -> {
                    List<String> found = names(feature.getValue());
                    if (!found.isEmpty()) {
                        names.put(feature.getKey(), found);
                    }
                });
            }
        } catch (IOException e) {
            return new ClassLabels(Map.of()); // a note of somebody else, and the numbers are there
        }
        return new ClassLabels(names);
    }

    /** Of a column of numbers, or of lists of them. */
    private static List<String> names(@Nullable JsonElement feature) {
        JsonElement one = feature instanceof JsonArray list && list.size() == 1 ? list.get(0) : feature;
        if (!(one instanceof JsonObject object)) {
            return List.of();
        }
        if (object.has("feature")) {
            return names(object.get("feature"));
        }
        List<String> names = new ArrayList<>();
        if (object.get("names") instanceof JsonArray array) {
            array.forEach(name -> names.add(name.isJsonPrimitive() ? name.getAsString() : name.toString()));
        }
        return names;
    }

    /** The names of a column, or none. */
    List<String> of(String column) {
        return names.getOrDefault(column, List.of());
    }
}
