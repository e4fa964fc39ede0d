package io.github.multilabel.core.internal.files;

import io.github.multilabel.core.internal.message.Excerpt;
import java.io.EOFException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with a text that is no JSON, for people: Gson says little of it.
 *
 * @param line counted from 1
 * @param column counted from 1
 */
record JsonFault(int line, int column, String what) {

    private static final Pattern PLACE = Pattern.compile("line (\\d+) column (\\d+)");

    /** What JSON has not, outside of texts in quotes. */
    private static final Pattern FOREIGN = Pattern.compile("(?<comment>//|/\\*|#)|(?<quote>')"
            + "|(?<number>NaN|-?Infinity)\\b|\\b(?!true\\b|false\\b|null\\b)[A-Za-z_]\\w*");

    /** The fault that a reader met. */
    static JsonFault of(String text, Exception failure) {
        Matcher foreign = FOREIGN.matcher(withoutTexts(text));
        if (foreign.find()) {
            return new JsonFault(line(text, foreign.start()), column(text, foreign.start()), foreign(foreign));
        }
        Matcher place = PLACE.matcher(String.valueOf(failure.getMessage()));
        boolean isKnown = place.find();
        return new JsonFault(
                isKnown ? Integer.parseInt(place.group(1)) : 1,
                isKnown ? Integer.parseInt(place.group(2)) : 1,
                failure instanceof EOFException
                        ? "it ends too early"
                        : "something is missing here, or is one too many, such as a comma or a bracket");
    }

    /** With a blank in place of each character of a text in quotes. */
    private static String withoutTexts(String text) {
        StringBuilder rest = new StringBuilder(text);
        boolean isInText = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (isInText && c == '\\') {
                rest.setCharAt(at++, ' ');
            } else if (c == '"') {
                isInText = !isInText;
            }
            if (at < text.length() && (isInText || c == '"') && c != '\n') {
                rest.setCharAt(at, ' ');
            }
        }
        return rest.toString();
    }

    private static String foreign(Matcher found) {
        if (found.group("comment") != null) {
            return "JSON has no comments";
        }
        if (found.group("quote") != null) {
            return "texts stand in double quotes";
        }
        String word = "'" + Excerpt.of(found.group()) + "'";
        return found.group("number") != null ? word + " is no number of JSON" : word + " must be in double quotes";
    }

    private static int line(String text, int at) {
        return 1 + (int) text.chars().limit(at).filter(c -> c == '\n').count();
    }

    private static int column(String text, int at) {
        return at - text.lastIndexOf('\n', at - 1);
    }

    /** For the end of a message. */
    @Override
    public String toString() {
        return "line " + line + ", column " + column + ": " + what;
    }
}
