package io.github.multilabel.data.internal.json;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.data.internal.text.TableCells;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Annotations of COCO, of which an image's categories are its tags. */
public final class CocoFile {

    private static final String WHAT = "JSON of COCO, with images, annotations and categories";
    private static final List<String> PARTS = List.of("images", "annotations", "categories");

    private final Path file;
    private final Map<String, String> images = new LinkedHashMap<>();
    private final Map<String, Set<String>> categoriesOfImage = new HashMap<>();
    private final Map<String, String> categories = new HashMap<>();
    private int annotations;
    private boolean hasRegions;

    private CocoFile(Path file) {
        this.file = file;
    }

    /** @throws IOException if it is not of this kind; the message has the file and the place */
    public static TableCells read(Path file, @Nullable Charset charset) throws IOException {
        CocoFile coco = new CocoFile(file);
        String place = "the start";
        try (JsonReader json = new JsonReader(JsonText.open(file, charset))) {
            try {
                coco.read(json);
            } catch (EOFException
                    | MalformedJsonException
                    | CharacterCodingException
                    | IllegalStateException
                    | NumberFormatException e) {
                place = Excerpt.of(json.getPath());
                throw JsonFailure.of(file, WHAT, place, e);
            }
        }
        return coco.table();
    }

    private void read(JsonReader json) throws IOException {
        Set<String> seen = new HashSet<>();
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (!seen.add(name)) {
                throw new MalformedJsonException("'" + Excerpt.of(name) + "' appears twice");
            }
            if (PARTS.contains(name)) {
                json.beginArray();
                while (json.hasNext()) {
                    read(name, json);
                }
                json.endArray();
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        for (String part : PARTS) {
            if (!seen.contains(part)) {
                throw new MalformedJsonException("it has no '" + part + "', but " + Excerpt.of(seen));
            }
        }
    }

    private void read(String part, JsonReader json) throws IOException {
        switch (part) {
            case "images" -> {
                Map<String, String> image = members(json, Set.of("id", "file_name"));
                put(images, "image", image.get("id"), require(image, "file_name", json));
            }
            case "categories" -> {
                Map<String, String> category = members(json, Set.of("id", "name"));
                put(categories, "category", category.get("id"), require(category, "name", json));
            }
            default -> {
                Map<String, String> annotation = members(json, Set.of("image_id", "category_id"));
                annotations++;
                categoriesOfImage
                        .computeIfAbsent(require(annotation, "image_id", json), id -> new LinkedHashSet<>())
                        .add(require(annotation, "category_id", json));
            }
        }
    }

    /** The wanted members of an object, which are texts or numbers. */
    private Map<String, String> members(JsonReader json, Set<String> wanted) throws IOException {
        Map<String, String> members = new HashMap<>();
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            hasRegions |= name.equals("bbox") || name.equals("segmentation") || name.equals("keypoints");
            if (!wanted.contains(name) || json.peek() == JsonToken.NULL) {
                json.skipValue();
            } else if (members.put(name, name.endsWith("id") ? id(json) : json.nextString()) != null) {
                throw new MalformedJsonException("'" + name + "' appears twice at " + Excerpt.of(json.getPath()));
            }
        }
        json.endObject();
        return members;
    }

    /** Tables of numbers with gaps write 6 as 6.0. */
    private static String id(JsonReader json) throws IOException {
        boolean isNumber = json.peek() == JsonToken.NUMBER;
        String text = json.nextString();
        return isNumber && text.matches("-?\\d+\\.0+") ? text.substring(0, text.indexOf('.')) : text;
    }

    private static String require(Map<String, String> members, String name, JsonReader json) throws IOException {
        String value = members.get(name);
        if (value == null) {
            throw new MalformedJsonException(
                    "'" + name + "' is missing in the object before " + Excerpt.of(json.getPath()));
        }
        return value;
    }

    private static void put(Map<String, String> all, String what, @Nullable String id, String value)
            throws IOException {
        if (id == null) {
            throw new MalformedJsonException("'id' is missing in the " + what + " '" + Excerpt.of(value) + "'");
        }
        if (all.put(id, value) != null) {
            throw new MalformedJsonException("another " + what + " has the id " + Excerpt.of(id) + " too");
        }
    }

    private TableCells table() throws IOException {
        JsonCells cells = new JsonCells(file, "image");
        for (Map.Entry<String, String> image : images.entrySet()) {
            Set<String> names = new LinkedHashSet<>();
            for (String id : Objects.requireNonNullElse(categoriesOfImage.remove(image.getKey()), Set.<String>of())) {
                String name = categories.get(id);
                if (name == null) {
                    throw new IOException(file + " is not " + WHAT + ": an annotation of the image '"
                            + Excerpt.of(image.getValue()) + "' has the category_id " + Excerpt.of(id)
                            + ", and no category has this id");
                }
                names.add(name);
            }
            cells.add("file_name", image.getValue());
            cells.add("categories", List.copyOf(names));
            cells.end(cells.size() + 1L);
        }
        if (!categoriesOfImage.isEmpty()) {
            cells.note(
                    "annotations of " + categoriesOfImage.size() + " images that are not in the file are passed over");
        }
        if (hasRegions) {
            cells.note("boxes, masks and key points of " + annotations
                    + " annotations are not read: an image has the categories of its annotations as tags");
        }
        return cells.table();
    }
}
