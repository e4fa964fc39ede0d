package io.github.multilabel.core.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * How a table is written: comma, semicolon (as Excel does where the comma is the decimal sign), tab or bar.
 *
 * @param delimiter between the cells
 * @param firstLine the number of the line on which {@code text} begins
 * @param text without the line {@code sep=;} with which some tools tell Excel the delimiter
 */
record CsvDialect(char delimiter, int firstLine, String text) {

    private static final List<Character> CANDIDATES = List.of(',', ';', '\t', '|');
    private static final Pattern TOLD = Pattern.compile("\\A\"?sep=(.)\"?(\r\n|\r|\n)");
    private static final int LOOKED_AT = 100;

    static CsvDialect of(String text, Character given) {
        Matcher told = TOLD.matcher(text);
        if (told.find()) {
            return new CsvDialect(given == null ? told.group(1).charAt(0) : given, 2, text.substring(told.end()));
        }
        return new CsvDialect(given == null ? find(text) : given, 1, text);
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
        return best;
    }

    private static int score(String text, char delimiter) {
        List<Integer> widths = new ArrayList<>();
        try (CSVParser parser = CsvTable.parser(text, delimiter)) {
            for (CSVRecord row : parser) {
                if (row.size() > 1 || !row.get(0).isBlank()) {
                    widths.add(row.size());
                }
                if (widths.size() == LOOKED_AT) {
                    break;
                }
            }
        } catch (IOException | UncheckedIOException e) {
            widths.add(0); // not cut alike; the error is told when the table is read
        }
        if (widths.isEmpty() || widths.get(0) < 2) {
            return 0;
        }
        boolean alike = widths.stream().distinct().count() == 1;
        return widths.get(0) * (alike ? 1_000 : 1); // uneven rows are better than a single column, to be told of
    }

    String shown() {
        return delimiter == '\t' ? "tabs" : "'" + delimiter + "'";
    }
}
