package io.github.multilabel.data.internal.json;

import com.google.gson.JsonElement;
import io.github.multilabel.core.internal.files.StrictJson;
import io.github.multilabel.data.internal.csv.TextFormat;
import io.github.multilabel.data.internal.text.TableCells;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Lines of JSON, an object for each image. */
public final class JsonLines {

    /** An image of a hundred megabytes in Base64 is shorter. */
    private static final int LONGEST = 1 << 28;

    private static final int LOOKED_AT = 256;

    private JsonLines() {}

    /** Whether a file is one of these, by its ending or because it begins with an object. */
    public static boolean isWrittenIn(Path file) throws IOException {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return true;
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return false;
        }
        try (Reader text = JsonText.open(file, null)) {
            char[] start = new char[LOOKED_AT];
            int length = text.read(start);
            return length > 0 && new String(start, 0, length).matches("(?s)\\s*\\{[ \t]*\"[^\"]*\"[ \t]*:.*");
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** @throws IOException if a line is not one object; the message has file and line */
    public static TableCells read(Path file, TextFormat format) throws IOException {
        if (format.delimiter() != null || !format.header()) {
            throw new IllegalArgumentException(file + " has lines of JSON, with a name before each value: leave "
                    + (format.header() ? "TableFile.withDelimiter(...)" : "TableFile.withoutHeader()") + " out");
        }
        JsonCells cells = new JsonCells(file, "line");
        long number = 1;
        try (Reader text = JsonText.open(file, format.charset())) {
            StringBuilder line = new StringBuilder();
            for (boolean more = true; more; number++) {
                more = next(text, line);
                String object = line.toString();
                if (!object.isBlank()) {
                    add(object, cells);
                    cells.end(number);
                }
            }
        } catch (CharacterCodingException e) {
            throw new IOException(
                    file + " line " + number
                            + " or soon after: it has bytes that are no text in its encoding; save it as"
                            + " UTF-8, or say how it is encoded with TableFile.withCharset(...)",
                    e);
        } catch (IOException e) {
            throw e.getMessage() != null && e.getMessage().startsWith(file.toString())
                    ? e
                    : new IOException(
                            file + " line " + number + ": " + e.getMessage()
                                    + ". Each line needs one object, such as {\"image\": \"7.jpg\", \"brand\": \"Audi\"}",
                            e);
        }
        return cells.table();
    }

    private static void add(String line, JsonCells cells) throws IOException {
        for (Map.Entry<String, JsonElement> member : StrictJson.object(line).entrySet()) {
            cells.add(member.getKey(), member.getValue());
        }
    }

    /** Reads a line into a buffer; returns whether there is another. */
    private static boolean next(Reader text, StringBuilder line) throws IOException {
        line.setLength(0);
        int c = text.read();
        while (c >= 0 && c != '\n') {
            if (line.length() == LONGEST) {
                throw new IOException("it has more than " + LONGEST + " characters");
            }
            line.append((char) c);
            c = text.read();
        }
        return c >= 0;
    }
}
