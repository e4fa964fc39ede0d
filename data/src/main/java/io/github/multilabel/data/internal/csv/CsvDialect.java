package io.github.multilabel.data.internal.csv;

import io.github.multilabel.data.internal.images.ImageNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * How a table is written: comma, semicolon (as Excel does where the comma is the decimal sign), tab or bar.
 *
 * @param delimiter between the cells
 * @param firstLine the number of the line on which {@code text} begins
 * @param text from the header on: without the line {@code sep=;} with which some tools name the delimiter for Excel,
 *     and without comments before the header
 * @param notes what was left out of the text
 */
record CsvDialect(char delimiter, int firstLine, String text, List<String> notes) {

    private static final List<Character> CANDIDATES = List.of(',', ';', '\t', '|');
    private static final Pattern NAMED = Pattern.compile("\\A\"?sep=(.)\"?(\r\n|\r|\n)");
    private static final Pattern LINE = Pattern.compile("\\G([^\r\n]*)(\r\n|\r|\n|\\z)");
    private static final int LOOKED_AT = 100;
    private static final int SHOWN = 60;

    static CsvDialect of(String text, TextFormat format) {
        Character given = format.delimiter();
        Matcher named = NAMED.matcher(text);
        boolean isNamed = named.find();
        Comments comments = Comments.of(isNamed ? text.substring(named.end()) : text, format.header());
        Character delimiter =
                given == null && isNamed ? Character.valueOf(named.group(1).charAt(0)) : given;
        return new CsvDialect(
                delimiter == null ? find(comments.rest()) : delimiter,
                1 + (isNamed ? 1 : 0) + comments.lines(),
                comments.rest(),
                comments.notes());
    }

    /**
     * Lines that begin with {@code #} before the header.
     *
     * @param header whether there is one
     * @param lines how many lines come before the header
     * @param first the first of the comments
     * @param rest the text from the header on
     */
    private record Comments(boolean header, int lines, String first, String rest) {

        static Comments of(String text, boolean header) {
            List<MatchResult> comments = new ArrayList<>();
            List<String> others = new ArrayList<>();
            Matcher line = LINE.matcher(text);
            int lines = 0;
            int linesBefore = 0;
            while (others.size() < 2 && line.find()) {
                lines++;
                String content = line.group(1).strip();
                if (others.isEmpty()
                        && (content.startsWith("#") || content.startsWith("\"#"))
                        && (header || CANDIDATES.stream().noneMatch(candidate -> isRow(content, candidate)))) {
                    comments.add(line.toMatchResult());
                    linesBefore = lines;
                } else if (!content.isEmpty()) {
                    others.add(content);
                }
            }
            if (!comments.isEmpty()
                    && header
                    && isHeader(comments.get(comments.size() - 1).group(1).strip(), others)) {
                MatchResult names = comments.remove(comments.size() - 1);
                linesBefore--;
                if (!comments.isEmpty()) {
                    return new Comments(header, linesBefore, comments.get(0).group(1), text.substring(names.start()));
                }
            }
            return comments.isEmpty()
                    ? new Comments(header, 0, "", text)
                    : new Comments(
                            header,
                            linesBefore,
                            comments.get(0).group(1).strip(),
                            text.substring(comments.get(comments.size() - 1).end()));
        }

        /** A header can begin with the sign too, as {@code #,file,brand}: then what follows it is a row. */
        private static boolean isHeader(String line, List<String> next) {
            boolean sentence = line.matches("\"?#+\\s.*");
            for (char candidate : CANDIDATES) {
                int width = cells(line, candidate).size();
                if (width > 1
                        && !next.isEmpty()
                        && cells(next.get(0), candidate).size() == width) {
                    boolean row = isRow(next.get(0), candidate);
                    boolean rowLater = next.size() > 1 && isRow(next.get(1), candidate);
                    return row || !sentence && !rowLater;
                }
            }
            return false;
        }

        private static boolean isRow(String line, char delimiter) {
            return cells(line, delimiter).stream().anyMatch(cell -> ImageNames.isImage(cell.replace("\"", "")));
        }

        private static List<String> cells(String line, char delimiter) {
            return List.of(line.split(Pattern.quote(String.valueOf(delimiter)), -1));
        }

        List<String> notes() {
            return first.isEmpty()
                    ? List.of()
                    : List.of("comments before the " + (header ? "header" : "rows") + ", up to line " + lines
                            + ", are passed over: '"
                            + (first.length() > SHOWN ? first.substring(0, SHOWN) + "..." : first) + "'");
        }
    }

    /** The delimiter that cuts all of the first rows into the same number of cells, at least two, and the most. */
    private static char find(String text) {
        char best = CANDIDATES.get(0);
        int most = 0;
        for (char candidate : CANDIDATES) {
            int score = score(text, candidate);
            if (score > most) {
                best = candidate;
                most = score;
            }
        }
        return most == 0 && isList(text) ? ' ' : best;
    }

    /** Whether these are lists of images as benchmarks have them: {@code 7.jpg 0}. */
    private static boolean isList(String text) {
        return score(text, ' ') >= 2 * 1_000
                && LINE.matcher(text)
                        .results()
                        .map(line -> line.group(1).strip())
                        .filter(line -> !line.isEmpty())
                        .skip(1)
                        .limit(1)
                        .anyMatch(line -> Comments.isRow(line, ' '));
    }

    private static int score(String text, char delimiter) {
        List<Integer> widths = new ArrayList<>();
        try (CSVParser parser = CsvReader.parser(text, delimiter)) {
            for (CSVRecord row : parser) {
                if (row.size() > 1 || !row.get(0).isBlank()) {
                    widths.add(row.size());
                }
                if (widths.size() == LOOKED_AT) {
                    break;
                }
            }
        } catch (IOException | UncheckedIOException e) {
            widths.add(0); // not cut alike; the error is reported when the table is read
        }
        if (widths.isEmpty() || widths.get(0) < 2) {
            return 0;
        }
        boolean alike = widths.stream().distinct().count() == 1;
        return widths.get(0) * (alike ? 1_000 : 1); // uneven rows are better than a single column, to be reported
    }

    String shown() {
        return delimiter == '\t' ? "tabs" : delimiter == ' ' ? "blanks" : "'" + delimiter + "'";
    }
}
