package io.github.multilabel.cli.config;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.multilabel.cli.program.StartedTraining;
import io.github.multilabel.core.internal.files.JsonFields;
import io.github.multilabel.core.internal.message.Excerpt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code run.json} says of a training. What stands in quotes here is in files that people keep, and stays.
 *
 * @param json the whole of it
 */
public record RunFile(JsonObject json) {

    static final String FORMAT = "format";
    static final String THIS_FORMAT = "multilabel-run";
    static final String VERSION = "formatVersion";
    static final int NEWEST = 1;
    static final String COMMAND = "command";
    static final String ARGUMENTS = "arguments";
    static final String OPTIONS = "options";
    /** What there was time for; only of a training whose time was limited. */
    static final String TIME_LIMIT = "timeLimit";

    static final String DATA = "data";
    static final String VERSIONS = "versions";
    static final String MACHINE = "machine";
    static final String STARTED = "started";

    static RunFile parse(ConfigSource source, JsonObject json) {
        try {
            JsonFields fields = new JsonFields("", json);
            String format = fields.text(FORMAT);
            if (!format.equals(THIS_FORMAT)) {
                throw new IllegalArgumentException("its format is '" + Excerpt.of(format)
                        + "'; a file of options has none, and the run.json of a training has '" + THIS_FORMAT + "'");
            }
            int version = fields.whole(VERSION);
            if (version < 1 || version > NEWEST) {
                throw new IllegalArgumentException("its format version is " + version + ", this release reads " + NEWEST
                        + (version > NEWEST ? "; use a newer release" : ""));
            }
            fields.object(OPTIONS);
            return new RunFile(json);
        } catch (IllegalArgumentException e) {
            throw source.refusal(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The one that a training left in a folder.
     *
     * @return empty if there is none, as in the folder of an evaluation
     * @throws io.github.multilabel.cli.program.InvalidInputException if it is damaged
     * @throws IOException if it cannot be read
     */
    public static Optional<RunFile> in(Path folder) throws IOException {
        Path file = folder.resolve(StartedTraining.FILE);
        return Files.exists(file) ? ConfigFile.read(file).run() : Optional.empty();
    }

    JsonObject options() {
        return json.getAsJsonObject(OPTIONS);
    }

    /** The options that have a value, as they are typed, and their values; of several those with commas between. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        options().entrySet().forEach(option -> {
            JsonElement value = option.getValue();
            boolean isWhere =
                    option.getKey().equals("data") && isNothing(options().get("dataset"));
            if (!isNothing(value) && !isWhere) {
                settings.put("--" + option.getKey(), text(value));
            }
        });
        return settings;
    }

    private static boolean isNothing(@Nullable JsonElement value) {
        return value == null
                || value.isJsonNull()
                || value.toString().equals("false")
                || value.isJsonArray() && value.getAsJsonArray().isEmpty();
    }

    private static String text(JsonElement value) {
        if (value.isJsonArray()) {
            return value.getAsJsonArray().asList().stream().map(RunFile::text).collect(Collectors.joining(", "));
        }
        return value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }

    /** The versions that it was trained with; empty if it says none. */
    public Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        if (json.get(VERSIONS) instanceof JsonObject said) {
            said.entrySet().forEach(version -> versions.put(version.getKey(), text(version.getValue())));
        }
        return versions;
    }

    /** What it says of the images; empty if nothing. */
    Optional<JsonObject> data() {
        return Optional.ofNullable(json.get(DATA))
                .filter(data -> data.isJsonObject())
                .map(data -> data.getAsJsonObject());
    }
}
