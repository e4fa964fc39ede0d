package io.github.multilabel.core.internal.message;

import java.util.Collection;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a message quotes of its input, cut where people would stop reading: a name of ten megabytes in a file must not
 * become a message, and a line of a log, of ten megabytes.
 */
public final class Excerpt {

    private static final int CHARACTERS = 120;
    private static final int ITEMS = 12;
    private static final int LINES = 40;

    private Excerpt() {}

    /**
     * The beginning of a text.
     *
     * @param value what {@link String#valueOf(Object)} turns into the text
     * @return the whole of it if it has at most 120 characters, otherwise its beginning and its length; control
     *     characters, which could pass for another line of a log, become {@code ?}
     */
    public static String of(@Nullable Object value) {
        String text = String.valueOf(value);
        String visible = inOneLine(text.codePoints()
                .limit(CHARACTERS)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString());
        return text.length() <= visible.length()
                ? visible
                : visible + String.format(Locale.ROOT, "... (%,d characters)", text.length());
    }

    /** The whole of a text, such as a path; control characters, which could pass for another line, become {@code ?}. */
    public static String inOneLine(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The first of some values, such as {@code [brand, type, ... (100,000 in all)]}. */
    public static String of(Collection<?> values) {
        return joined("[", ", ", values, ITEMS, Excerpt::of) + "]";
    }

    /** The first of some lines of a message, each after {@code "\n- "} and as long as it is. */
    public static String lines(Collection<String> lines) {
        return joined("\n- ", "\n- ", lines, LINES, String::valueOf);
    }

    private static String joined(
            String start, String between, Collection<?> values, int most, Function<Object, String> text) {
        String shown = values.stream().limit(most).map(text).collect(Collectors.joining(between, start, ""));
        return values.size() <= most
                ? shown
                : shown + between + String.format(Locale.ROOT, "... (%,d in all)", values.size());
    }
}
