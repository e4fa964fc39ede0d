package io.github.multilabel.model.internal;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.files.JsonFields;
import io.github.multilabel.model.heads.HeadThreshold;
import java.util.List;

/**
 * From which probability on heads answer, as files have it. What stands in quotes here is in files that people keep,
 * and stays.
 */
public final class ThresholdsJson {

    private static final String THRESHOLDS = "thresholds";
    private static final String HEAD = "head";
    private static final String UNKNOWN_BELOW = "unknownBelow";
    private static final String PRECISION = "precision";
    private static final String OF_TAGS = "ofTags";

    private ThresholdsJson() {}

    /** Adds the field, if there are any. */
    public static void write(List<HeadThreshold> thresholds, JsonObject json) {
        if (!thresholds.isEmpty()) {
            JsonArray list = new JsonArray();
            thresholds.forEach(each -> list.add(json(each)));
            json.add(THRESHOLDS, list);
        }
    }

    private static JsonObject json(HeadThreshold threshold) {
        JsonObject json = new JsonObject();
        json.addProperty(HEAD, threshold.head());
        threshold.when(
                single -> {
                    json.addProperty(UNKNOWN_BELOW, single.threshold());
                    json.addProperty(PRECISION, single.precision());
                    return json;
                },
                multi -> {
                    JsonArray ofTags = new JsonArray();
                    multi.thresholds().forEach(ofTags::add);
                    json.add(OF_TAGS, ofTags);
                    return json;
                });
        return json;
    }

    /**
     * Reads the field; none if it is missing.
     *
     * @throws IllegalArgumentException if it does not hold together; the message names the field
     */
    public static List<HeadThreshold> read(JsonFields json, HeadSet heads) {
        return json.has(THRESHOLDS)
                ? json.objects(THRESHOLDS).stream()
                        .map(each -> threshold(each, heads))
                        .toList()
                : List.of();
    }

    private static HeadThreshold threshold(JsonFields json, HeadSet heads) {
        String head = json.text(HEAD);
        return switch (heads.get(head).kind()) {
            case SINGLE_LABEL ->
                new HeadThreshold.UnknownBelow(head, json.number(UNKNOWN_BELOW), json.number(PRECISION));
            case MULTI_LABEL -> new HeadThreshold.OfTags(head, json.numbers(OF_TAGS));
        };
    }
}
