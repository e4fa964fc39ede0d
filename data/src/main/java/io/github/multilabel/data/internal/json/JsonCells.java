package io.github.multilabel.data.internal.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.data.internal.text.Repeats;
import io.github.multilabel.data.internal.text.TableCells;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the rows of a table whose columns show as they come. */
final class JsonCells {

    private static final int MOST_COLUMNS = 10_000;

    private final Path file;
    private final String unit;
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final List<Repeats<String>> repeats = new ArrayList<>();
    private final Repeats<List<String>> lists = new Repeats<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private final List<TableCells.Line> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private @Nullable String[] cells = new String[0];
    private Map<Integer, List<String>> tags = new LinkedHashMap<>();

    /** @param unit what the numbers of rows count */
    JsonCells(Path file, String unit) {
        this.file = file;
        this.unit = unit;
    }

    /** A value as JSON has it; one that is no label spoils its column. */
    void add(String column, JsonElement value) throws IOException {
        if (value.isJsonNull()) {
            column(column);
        } else if (value.isJsonPrimitive()) {
            add(column, value.getAsString());
        } else if (value.isJsonArray() && isFlat(value.getAsJsonArray())) {
            add(column, texts(value.getAsJsonArray()));
        } else {
            refuse(column, value.isJsonArray() ? "a list of lists or objects" : "an object");
        }
    }

    private static boolean isFlat(JsonArray array) {
        for (JsonElement element : array) {
            if (!element.isJsonPrimitive() && !element.isJsonNull()) {
                return false;
            }
        }
        return true;
    }

    private static List<String> texts(JsonArray array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> {
            if (!element.isJsonNull()) {
                texts.add(element.getAsString());
            }
        });
        return texts;
    }

    void add(String column, String text) throws IOException {
        int number = column(column);
        if (number >= cells.length) {
            cells = Arrays.copyOf(cells, columns.size());
        }
        cells[number] = repeats.get(number).one(text);
    }

    void add(String column, List<String> labels) throws IOException {
        add(column, String.join(", ", labels));
        tags.put(column(column), lists.one(List.copyOf(labels)));
    }

    /** Says that a column has what is no label. */
    void refuse(String column, String what) throws IOException {
        int number = column(column);
        refused.putIfAbsent(
                Excerpt.of(column).equals(column) ? column : "column " + (number + 1),
                unit + " " + (rows.size() + 1) + " has " + what
                        + " there; a label is a text, a number, true, false or null, and tags are a list of them");
    }

    private int column(String name) throws IOException {
        Integer known = columns.get(name);
        if (known != null) {
            return known;
        }
        if (columns.size() == MOST_COLUMNS) {
            throw new IOException(file + " " + unit + " " + (rows.size() + 1) + ": there are more than " + MOST_COLUMNS
                    + " names in the objects so far, so they are no columns");
        }
        columns.put(name, columns.size());
        repeats.add(new Repeats<>());
        return columns.size() - 1;
    }

    /** Ends a row. */
    void end(long number) {
        rows.add(new TableCells.Line(number, Arrays.asList(cells), tags.isEmpty() ? Map.of() : tags));
        cells = new String[columns.size()];
        tags = new LinkedHashMap<>();
    }

    void note(String text) {
        notes.add(text);
    }

    int size() {
        return rows.size();
    }

    /** @throws IOException if there are no rows */
    TableCells table() throws IOException {
        if (rows.isEmpty()) {
            throw new IOException(file + " has no " + unit + "s with an image; it needs one for each image");
        }
        if (!refused.isEmpty()) {
            notes.add("columns that have no labels are passed over: " + Excerpt.of(refused.keySet()));
        }
        int width = columns.size();
        List<TableCells.Line> whole = new ArrayList<>(rows.size());
        for (TableCells.Line row : rows) {
            @Nullable String[] all = Arrays.copyOf(row.cells().toArray(new String[0]), width);
            for (int i = 0; i < width; i++) {
                all[i] = all[i] == null ? "" : all[i];
            }
            whole.add(new TableCells.Line(row.number(), Arrays.asList(all), row.tags()));
        }
        return new TableCells(file, unit, List.copyOf(columns.keySet()), whole, refused, List.copyOf(notes));
    }
}
