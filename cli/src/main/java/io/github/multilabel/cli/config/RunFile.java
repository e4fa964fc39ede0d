package io.github.multilabel.cli.config;

import com.google.gson.JsonObject;
import io.github.multilabel.core.internal.files.JsonFields;
import io.github.multilabel.core.internal.message.Excerpt;
import java.util.Optional;

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

    JsonObject options() {
        return json.getAsJsonObject(OPTIONS);
    }

    /** What it says of the images; empty if nothing. */
    Optional<JsonObject> data() {
        return Optional.ofNullable(json.get(DATA))
                .filter(data -> data.isJsonObject())
                .map(data -> data.getAsJsonObject());
    }
}
