package io.github.multilabel.data.check.page;

import java.util.Locale;

/** Markup under way. Whatever comes from the data goes through {@link #text} and stays text. */
final class Html {

    private final StringBuilder out = new StringBuilder();

    /** Adds markup as it is. */
    Html markup(String markup) {
        out.append(markup);
        return this;
    }

    /** Adds text, in which nothing is markup. */
    Html text(String text) {
        text.codePoints().forEach(this::character);
        return this;
    }

    /** Adds text that is told apart from the page's own words, also if it is written from right to left. */
    Html given(String text) {
        return markup("<bdi>").text(text).markup("</bdi>");
    }

    /** Adds an element that has only text. */
    Html element(String name, String text) {
        return markup("<" + name + ">").text(text).markup("</" + name + ">\n");
    }

    private void character(int c) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.appendCodePoint(Character.isISOControl(c) && !Character.isWhitespace(c) ? '\uFFFD' : c);
        }
    }

    /** For people, such as {@code 1,305}. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** For people, such as {@code 12.3%}; a dash of nothing. */
    static String percent(long part, long whole) {
        return whole == 0 ? "\u2013" : String.format(Locale.ROOT, "%.1f%%", 100.0 * part / whole);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
