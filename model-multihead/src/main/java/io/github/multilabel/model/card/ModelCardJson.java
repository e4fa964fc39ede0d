package io.github.multilabel.model.card;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.multilabel.core.internal.files.JsonFields;
import io.github.multilabel.core.internal.message.Excerpt;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A model card as {@code model-card.json}. What stands in quotes here is in files that people keep, and stays. A note
 * that nobody has written is {@code null}, so that one sees where to write it.
 */
public final class ModelCardJson {

    private static final String FORMAT = "multilabel-model-card";
    private static final int NEWEST = 1;

    private ModelCardJson() {}

    /** The text of the file. */
    public static String write(ModelCard card) {
        JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("formatVersion", NEWEST);
        JsonArray data = new JsonArray();
        card.data().forEach(part -> data.add(json(part)));
        json.add("data", data);
        JsonObject metrics = new JsonObject();
        card.metrics().forEach((name, measured) -> metrics.add(name, json(measured)));
        json.add("metrics", metrics);
        card.weights().ifPresent(weights -> json.add("weights", json(weights)));
        JsonObject training = new JsonObject();
        card.training().forEach(training::addProperty);
        json.add("training", training);
        JsonArray limits = new JsonArray();
        card.limits().forEach(limits::add);
        json.add("limits", limits);
        JsonObject notes = new JsonObject();
        for (ModelCard.Note note : ModelCard.Note.values()) {
            notes.addProperty(note.inFiles(), card.notes().get(note));
        }
        json.add("notes", notes);
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .serializeNulls()
                        .create()
                        .toJson(json)
                + "\n";
    }

    private static JsonObject json(ModelCard.Part part) {
        JsonObject json = new JsonObject();
        json.addProperty("name", part.name());
        json.addProperty("images", part.images());
        JsonArray heads = new JsonArray();
        for (ModelCard.Labelled labelled : part.heads()) {
            JsonObject head = new JsonObject();
            head.addProperty("head", labelled.head());
            head.addProperty("labelled", labelled.images());
            JsonObject categories = new JsonObject();
            labelled.categories().forEach(categories::addProperty);
            head.add("categories", categories);
            heads.add(head);
        }
        json.add("heads", heads);
        return json;
    }

    private static JsonObject json(ModelCard.Measured measured) {
        JsonObject json = new JsonObject();
        addNumber(json, "value", measured.value());
        measured.low().ifPresent(low -> addNumber(json, "low", low));
        measured.high().ifPresent(high -> addNumber(json, "high", high));
        return json;
    }

    private static void addNumber(JsonObject json, String name, double value) {
        if (Double.isFinite(value)) {
            json.addProperty(name, value);
        } else {
            json.add(name, JsonNull.INSTANCE);
        }
    }

    private static JsonObject json(ModelCard.Weights weights) {
        JsonObject json = new JsonObject();
        json.addProperty("name", weights.name());
        json.addProperty("source", weights.source());
        json.addProperty("licence", weights.licence().orElse(null));
        return json;
    }

    /**
     * Reads what {@link #write} wrote, and what people wrote into its notes.
     *
     * @throws IllegalArgumentException if it is no model card, is of a format that this release does not read, or does
     *     not hold together; the message names the field
     */
    public static ModelCard read(String text) {
        JsonFields json = JsonFields.parse(text);
        String format = json.text("format");
        if (!format.equals(FORMAT)) {
            throw new IllegalArgumentException("its format is '" + Excerpt.of(format) + "', not '" + FORMAT + "'");
        }
        if (json.whole("formatVersion") != NEWEST) {
            throw new IllegalArgumentException(
                    "its format version is " + json.whole("formatVersion") + ", this release reads only " + NEWEST);
        }
        Map<String, ModelCard.Measured> metrics = new LinkedHashMap<>();
        JsonFields measured = json.object("metrics");
        measured.json().keySet().forEach(name -> metrics.put(name, measured(measured.object(name))));
        return new ModelCard(
                json.objects("data").stream().map(ModelCardJson::part).toList(),
                metrics,
                json.has("weights") ? Optional.of(weights(json.object("weights"))) : Optional.empty(),
                texts(json.object("training")),
                json.texts("limits"),
                notes(json.object("notes")));
    }

    private static ModelCard.Part part(JsonFields json) {
        List<ModelCard.Labelled> heads = new ArrayList<>();
        for (JsonFields head : json.objects("heads")) {
            JsonFields counts = head.object("categories");
            Map<String, Long> categories = new LinkedHashMap<>();
            counts.json().keySet().forEach(name -> categories.put(name, (long) counts.number(name)));
            heads.add(new ModelCard.Labelled(head.text("head"), (long) head.number("labelled"), categories));
        }
        return new ModelCard.Part(json.text("name"), (long) json.number("images"), heads);
    }

    private static ModelCard.Measured measured(JsonFields json) {
        return new ModelCard.Measured(
                number(json, "value").orElse(Double.NaN), number(json, "low"), number(json, "high"));
    }

    private static OptionalDouble number(JsonFields json, String name) {
        return isThere(json, name) ? OptionalDouble.of(json.number(name)) : OptionalDouble.empty();
    }

    private static ModelCard.Weights weights(JsonFields json) {
        return new ModelCard.Weights(
                json.text("name"),
                json.text("source"),
                isThere(json, "licence") ? Optional.of(json.text("licence")) : Optional.empty());
    }

    private static Map<String, String> texts(JsonFields json) {
        Map<String, String> texts = new LinkedHashMap<>();
        json.json().keySet().forEach(name -> texts.put(name, json.text(name)));
        return texts;
    }

    private static Map<ModelCard.Note, String> notes(JsonFields json) {
        Map<ModelCard.Note, String> notes = new EnumMap<>(ModelCard.Note.class);
        for (ModelCard.Note note : ModelCard.Note.values()) {
            if (isThere(json, note.inFiles()) && !json.text(note.inFiles()).isBlank()) {
                notes.put(note, json.text(note.inFiles()));
            }
        }
        return notes;
    }

    private static boolean isThere(JsonFields json, String name) {
        return json.has(name) && !json.json().get(name).isJsonNull();
    }
}
