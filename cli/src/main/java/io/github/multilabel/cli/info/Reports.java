package io.github.multilabel.cli.info;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.multilabel.core.internal.files.StrictJson;
import io.github.multilabel.core.internal.message.Excerpt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;

/** How reports write what several of them have. */
final class Reports {

    private static final int SHOWN = 5;
    private static final double MEGABYTE = 1e6;

    private Reports() {}

    /** A file of JSON that a training has written. */
    static JsonObject read(Path file) throws IOException {
        try {
            return StrictJson.object(Files.readString(file));
        } catch (IOException e) {
            throw new IOException("'" + file + "' is damaged: " + e.getMessage(), e);
        }
    }

    /** All of some texts. */
    static JsonArray list(Collection<String> texts) {
        JsonArray list = new JsonArray();
        texts.forEach(list::add);
        return list;
    }

    /** The first of some texts, for people. */
    static JsonArray first(Collection<String> texts) {
        JsonArray list = new JsonArray();
        texts.stream().limit(SHOWN).map(Excerpt::of).forEach(list::add);
        if (texts.size() > SHOWN) {
            list.add("...");
        }
        return list;
    }

    /** Millions of bytes with one decimal. */
    static Number megabytes(long bytes) {
        return Double.valueOf(String.format(Locale.ROOT, "%.1f", bytes / MEGABYTE));
    }
}
