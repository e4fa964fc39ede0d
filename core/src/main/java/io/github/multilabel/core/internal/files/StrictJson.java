package io.github.multilabel.core.internal.files;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.github.multilabel.core.internal.message.Excerpt;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.util.Locale;
import java.util.Set;

/**
 * Reads JSON as RFC 8259 has it, and nothing else: no comments, no second value behind the first, no name twice in one
 * object, no NaN, no literals in capitals, no line breaks in texts. The depth and the length of numbers are bounded, so
 * that a hostile text costs no more than its length. A byte order mark at the start is passed over.
 *
 * <p>With Gson from 2.10 on, which applications may bring for their own needs: its reader has a strict mode of this
 * kind since 2.11 only, and what was called strict before it is not.
 */
public final class StrictJson {

    /** A little less than Gson since 2.12 takes. */
    private static final int DEEPEST = 250;

    private static final int LONGEST_WORD = 400;
    private static final Set<String> WORDS = Set.of("true", "false", "null");
    private static final String ESCAPES = "\"\\/bfnrtu";
    private static final TypeAdapter<JsonElement> SCALAR = new Gson().getAdapter(JsonElement.class);

    private StrictJson() {}

    /**
     * The one object that a text holds.
     *
     * @throws IOException if it is not that; the message says where or why, the caller adds the file
     */
    public static JsonObject object(String text) throws IOException {
        JsonReader reader = reader(text);
        JsonElement element;
        try {
            element = element(reader, 0);
        } catch (MalformedJsonException | EOFException | IllegalStateException | NumberFormatException e) {
            throw new IOException(
                    "not valid JSON at " + Excerpt.of(reader.getPath()) + ", " + JsonFault.of(text, e), e);
        }
        if (!element.isJsonObject()) {
            throw new IOException("not one JSON object");
        }
        requireEnd(reader);
        return element.getAsJsonObject();
    }

    private static void requireEnd(JsonReader reader) throws IOException {
        try {
            if (reader.peek() == JsonToken.END_DOCUMENT) {
                return;
            }
        } catch (MalformedJsonException e) {
            // what Gson calls so is any second value
        }
        throw new IOException("not one JSON object: something stands after its end");
    }

    /**
     * A reader of a text, for what would be too large as a tree. Names that appear twice, and what follows the end, are
     * the caller's to refuse.
     *
     * @throws IOException if the text has a part that is in no JSON, although Gson would let it pass
     */
    public static JsonReader reader(String text) throws IOException {
        requireStrict(text);
        return new JsonReader(new StringReader(text)); // not lenient unless told to be
    }

    private static JsonElement element(JsonReader reader, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("not valid JSON: it is nested more than " + DEEPEST + " deep");
        }
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> members(reader, depth + 1);
            case BEGIN_ARRAY -> entries(reader, depth + 1);
            default -> SCALAR.read(reader);
        };
    }

    private static JsonObject members(JsonReader reader, int depth) throws IOException {
        JsonObject object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (object.has(name)) {
                throw new IOException("not valid JSON: '" + Excerpt.of(name) + "' appears twice, the second time at "
                        + Excerpt.of(reader.getPath()));
            }
            object.add(name, element(reader, depth));
        }
        reader.endObject();
        return object;
    }

    private static JsonArray entries(JsonReader reader, int depth) throws IOException {
        JsonArray array = new JsonArray();
        reader.beginArray();
        while (reader.hasNext()) {
            array.add(element(reader, depth));
        }
        reader.endArray();
        return array;
    }

    private static void requireStrict(String text) throws IOException {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                at = endOfText(text, at + 1);
            } else if (Character.isLetterOrDigit(c)) {
                at = endOfWord(text, at);
            } else {
                at++;
            }
        }
    }

    /** Where a text in quotes ends. */
    private static int endOfText(String text, int start) throws IOException {
        int at = start;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) < ' ') {
                throw malformed("a text has a line break or a control character that is not escaped", at);
            }
            if (text.charAt(at) == '\\' && (++at == text.length() || ESCAPES.indexOf(text.charAt(at)) < 0)) {
                throw malformed("a text has an unknown escape", at);
            }
            at++;
        }
        return at + 1;
    }

    private static int endOfWord(String text, int start) throws IOException {
        int end = start;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        String word = text.substring(start, end);
        if (word.length() > LONGEST_WORD) {
            throw malformed("it has a number of " + word.length() + " digits", start);
        }
        if (!WORDS.contains(word) && WORDS.contains(word.toLowerCase(Locale.ROOT))) {
            throw malformed("'" + word + "' must be in small letters", start);
        }
        return end;
    }

    private static IOException malformed(String why, int place) {
        return new IOException("not valid JSON: " + why + ", at character " + (place + 1));
    }
}
