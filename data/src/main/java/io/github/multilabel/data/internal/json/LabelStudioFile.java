package io.github.multilabel.data.internal.json;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.MalformedJsonException;
import io.github.multilabel.core.internal.files.StrictJson;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.data.internal.csv.CsvReader;
import io.github.multilabel.data.internal.csv.CsvText;
import io.github.multilabel.data.internal.csv.TextFormat;
import io.github.multilabel.data.internal.text.TableCells;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Label Studio exports: JSON, JSON-MIN or CSV. */
public final class LabelStudioFile {

    private static final String WHAT = "JSON of Label Studio, a list of tasks";
    private static final TypeAdapter<JsonElement> TASK = new Gson().getAdapter(JsonElement.class);
    private static final String LOCAL = "/data/local-files/?d=";
    /** What a cell of CSV begins with that is no plain text: several choices, a rating. */
    private static final Pattern ANSWER = Pattern.compile("\\{['\"]choices['\"]|\\[\\{['\"]rating['\"]");

    private final JsonCells cells;
    private final TreeSet<String> otherTypes = new TreeSet<>();
    private int disagreeing;
    private int unlabelled;

    private LabelStudioFile(JsonCells cells) {
        this.cells = cells;
    }

    /** @throws IOException if it is not of this kind; the message has the file and the place */
    public static TableCells read(Path file, TextFormat format) throws IOException {
        return isJson(file, format.charset()) ? readJson(file, format.charset()) : readCsv(file, format);
    }

    private static boolean isJson(Path file, @Nullable Charset charset) throws IOException {
        try (Reader text = JsonText.open(file, charset)) {
            int c = text.read();
            while (Character.isWhitespace(c)) {
                c = text.read();
            }
            return c == '[' || c == '{';
        } catch (CharacterCodingException e) {
            return false; // reading it as CSV says where
        }
    }

    private static TableCells readJson(Path file, @Nullable Charset charset) throws IOException {
        LabelStudioFile export = new LabelStudioFile(new JsonCells(file, "task"));
        try (JsonReader json = new JsonReader(JsonText.open(file, charset))) {
            try {
                json.beginArray();
                while (json.hasNext()) {
                    export.add(TASK.read(json));
                    export.cells.end(export.cells.size() + 1L);
                }
                json.endArray();
            } catch (JsonParseException e) {
                throw JsonFailure.of(
                        file, WHAT, Excerpt.of(json.getPath()), e.getCause() instanceof IOException cause ? cause : e);
            } catch (EOFException | MalformedJsonException | CharacterCodingException | IllegalStateException e) {
                throw JsonFailure.of(file, WHAT, Excerpt.of(json.getPath()), e);
            }
        }
        export.notes();
        return export.cells.table();
    }

    /** Cells of several answers are JSON. */
    private static TableCells readCsv(Path file, TextFormat format) throws IOException {
        TableCells table = CsvReader.parse(file, CsvText.read(file, format.charset()), format);
        LabelStudioFile export = new LabelStudioFile(new JsonCells(file, "line"));
        for (TableCells.Line line : table.lines()) {
            for (int i = 0; i < table.header().size(); i++) {
                String cell = line.cells().get(i);
                if (ANSWER.matcher(cell).lookingAt()) {
                    export.addValue(table.header().get(i), answer(file, line.number(), cell));
                } else {
                    export.cells.add(table.header().get(i), local(cell));
                }
            }
            export.cells.end(line.number());
        }
        table.notes().forEach(export.cells::note);
        return export.cells.table();
    }

    private static JsonElement answer(Path file, long line, String cell) throws IOException {
        try {
            return StrictJson.object("{\"answer\":" + cell + "}").get("answer");
        } catch (IOException e) {
            throw new IOException(file + " line " + line + ": '" + Excerpt.of(cell) + "' is " + e.getMessage(), e);
        }
    }

    private void add(JsonElement element) throws IOException {
        if (!element.isJsonObject()) {
            throw new MalformedJsonException("task " + (cells.size() + 1) + " is no object");
        }
        JsonObject task = element.getAsJsonObject();
        if (task.get("data") instanceof JsonObject data) {
            for (Map.Entry<String, JsonElement> each : data.entrySet()) {
                addValue(each.getKey(), each.getValue());
            }
            annotations(task);
        } else {
            for (Map.Entry<String, JsonElement> each : task.entrySet()) {
                addValue(each.getKey(), each.getValue());
            }
        }
    }

    private void addValue(String column, JsonElement value) throws IOException {
        if (value instanceof JsonObject object && object.has("choices")) {
            cells.add(column, object.get("choices"));
        } else if (value instanceof JsonArray list
                && list.size() == 1
                && list.get(0) instanceof JsonObject object
                && isText(object.get("rating"))) {
            cells.add(column, object.get("rating").getAsString());
        } else if (value.isJsonPrimitive()) {
            cells.add(column, local(value.getAsString()));
        } else {
            cells.add(column, value);
        }
    }

    /** The path that a server's address of a local file has. */
    private static String local(String text) {
        return text.startsWith(LOCAL) ? text.substring(LOCAL.length()) : text;
    }

    private void annotations(JsonObject task) throws IOException {
        Map<String, List<List<String>>> answers = new LinkedHashMap<>();
        int submitted = 0;
        JsonElement all = task.has("annotations") ? task.get("annotations") : task.get("completions");
        for (JsonElement annotation : elements(all)) {
            if (annotation instanceof JsonObject given && !isTrue(given.get("was_cancelled"))) {
                submitted++;
                answers(given).forEach((question, labels) -> answers.computeIfAbsent(question, key -> new ArrayList<>())
                        .add(labels));
            }
        }
        unlabelled += submitted == 0 ? 1 : 0;
        for (Map.Entry<String, List<List<String>>> question : answers.entrySet()) {
            if (question.getValue().stream().distinct().count() == 1) {
                cells.add(question.getKey(), question.getValue().get(0));
            } else {
                disagreeing++;
            }
        }
    }

    private Map<String, List<String>> answers(JsonObject annotation) {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        for (JsonElement element : elements(annotation.get("result"))) {
            if (element instanceof JsonObject result
                    && result.get("value") instanceof JsonObject value
                    && isText(result.get("from_name"))) {
                String question = result.get("from_name").getAsString();
                List<String> labels = new ArrayList<>();
                elements(value.get("choices")).forEach(choice -> {
                    if (choice.isJsonPrimitive()) {
                        labels.add(choice.getAsString());
                    }
                });
                if (isText(value.get("rating"))) {
                    labels.add(value.get("rating").getAsString());
                }
                if (labels.isEmpty() && !value.has("choices")) {
                    otherTypes.add(
                            isText(result.get("type")) ? result.get("type").getAsString() : "unknown");
                } else {
                    answers.put(question, labels.stream().sorted().toList());
                }
            }
        }
        return answers;
    }

    private static List<JsonElement> elements(@Nullable JsonElement list) {
        return list != null && list.isJsonArray() ? list.getAsJsonArray().asList() : List.of();
    }

    private static boolean isTrue(@Nullable JsonElement value) {
        return value != null && value.isJsonPrimitive() && value.getAsString().equals("true");
    }

    private static boolean isText(@Nullable JsonElement value) {
        return value != null && value.isJsonPrimitive();
    }

    private void notes() {
        if (disagreeing > 0) {
            cells.note(disagreeing + " answers are missing labels, because the annotators of a task disagree");
        }
        if (unlabelled > 0) {
            cells.note(unlabelled + " tasks have no annotation that was submitted: their labels are missing");
        }
        if (!otherTypes.isEmpty()) {
            cells.note("results that are no choices and no ratings are not read: " + Excerpt.of(otherTypes));
        }
    }
}
