package io.github.multilabel.model.internal.description;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.files.JsonFields;
import io.github.multilabel.model.drift.AnswerReference;
import io.github.multilabel.model.drift.HeadReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model answered on validation images, as files have it. What stands in quotes here is in files that people
 * keep, and stays.
 */
final class ReferenceJson {

    private static final String REFERENCE = "reference";
    private static final String HEAD = "head";
    private static final String IMAGES = "images";
    private static final String CATEGORIES = "categories";
    private static final String CONFIDENCE = "confidence";

    private ReferenceJson() {}

    /** Adds the field, if there is any. */
    static void write(Optional<AnswerReference> reference, JsonObject json) {
        reference.ifPresent(each -> {
            JsonArray list = new JsonArray();
            each.heads().forEach(head -> list.add(json(head)));
            json.add(REFERENCE, list);
        });
    }

    private static JsonObject json(HeadReference head) {
        JsonObject json = new JsonObject();
        json.addProperty(HEAD, head.head());
        json.addProperty(IMAGES, head.images());
        JsonObject categories = new JsonObject();
        head.categories().forEach(categories::addProperty);
        json.add(CATEGORIES, categories);
        JsonArray bins = new JsonArray();
        head.confidence().forEach(bins::add);
        json.add(CONFIDENCE, bins);
        return json;
    }

    /**
     * Reads the field; empty if it is missing.
     *
     * @throws IllegalArgumentException if it does not hold together; the message names the field
     */
    static Optional<AnswerReference> read(JsonFields json, HeadSet heads) {
        return json.has(REFERENCE)
                ? Optional.of(new AnswerReference(json.objects(REFERENCE).stream()
                        .map(each -> head(each, heads))
                        .toList()))
                : Optional.empty();
    }

    private static HeadReference head(JsonFields json, HeadSet heads) {
        String head = json.text(HEAD);
        JsonFields categories = json.object(CATEGORIES);
        Map<String, Long> counts = new LinkedHashMap<>();
        categories.json().keySet().forEach(category -> counts.put(category, count(categories.number(category))));
        List<Long> confidence =
                json.numbers(CONFIDENCE).stream().map(ReferenceJson::count).toList();
        return new HeadReference(head, heads.get(head).kind(), count(json.number(IMAGES)), counts, confidence);
    }

    private static long count(double number) {
        if (number != Math.rint(number)) {
            throw new IllegalArgumentException("'" + REFERENCE + "' has the count " + number + ", not a whole number");
        }
        return (long) number;
    }
}
