package io.github.multilabel.model.internal;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Hierarchy;
import io.github.multilabel.core.internal.files.JsonFields;

/**
 * Heads, and which of them determine others, as files have them: {@code heads}, and {@code hierarchy} where there is
 * one. What stands in quotes here is in files that people keep, and stays.
 */
public final class HeadsJson {

    private static final String HIERARCHY = "hierarchy";

    private HeadsJson() {}

    /** Adds the fields to an object. */
    public static void write(HeadSet heads, JsonObject json) {
        JsonArray list = new JsonArray();
        heads.forEach(head -> list.add(head(head)));
        json.add("heads", list);
        writeHierarchy(heads, json);
    }

    /** Adds the field of the hierarchy alone, if there is one. */
    public static void writeHierarchy(HeadSet heads, JsonObject json) {
        if (heads.hierarchy().isEmpty()) {
            return;
        }
        JsonArray links = new JsonArray();
        for (Hierarchy.Link link : heads.hierarchy().links()) {
            JsonObject one = new JsonObject();
            one.addProperty("child", link.child());
            one.addProperty("parent", link.parent());
            JsonArray indices = new JsonArray();
            link.parentOf().forEach(indices::add);
            one.add("parentOf", indices);
            links.add(one);
        }
        json.add(HIERARCHY, links);
    }

    /** One head. */
    public static JsonObject head(Head head) {
        JsonObject json = new JsonObject();
        json.addProperty("name", head.name());
        json.addProperty("kind", inFiles(head.kind()));
        JsonArray categories = new JsonArray();
        head.categories().forEach(categories::add);
        json.add("categories", categories);
        return json;
    }

    /**
     * Reads the fields.
     *
     * @throws IllegalArgumentException if one is missing or does not hold together; the message names it
     */
    public static HeadSet read(JsonFields json) {
        HeadSet heads =
                HeadSet.of(json.objects("heads").stream().map(HeadsJson::head).toList());
        HeadSet known = heads;
        if (json.has(HIERARCHY)) {
            for (JsonFields fields : json.objects(HIERARCHY)) {
                Hierarchy.Link link =
                        new Hierarchy.Link(fields.text("child"), fields.text("parent"), fields.wholes("parentOf"));
                known = known.withParent(link.child(), link.parent(), link.categories(heads));
            }
        }
        return known;
    }

    private static Head head(JsonFields json) {
        return new Head(
                json.text("name"),
                json.texts("categories"),
                json.oneOf("kind", Head.Kind.values(), HeadsJson::inFiles));
    }

    /** A kind of head by its name in files. */
    public static String inFiles(Head.Kind kind) {
        return switch (kind) {
            case SINGLE_LABEL -> "SINGLE_LABEL";
            case MULTI_LABEL -> "MULTI_LABEL";
        };
    }
}
