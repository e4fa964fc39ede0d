package io.github.multilabel.data.internal.csv;

import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.data.internal.images.ImageNames;
import io.github.multilabel.data.internal.text.LabelText;
import io.github.multilabel.data.internal.text.Repeats;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The cells of a table in a file.
 *
 * @param file for messages
 * @param unit what the number of a row counts, such as {@code line}
 * @param header the names of the columns, without blanks at their ends; some may be empty or equal
 * @param lines at least as many cells each as the header, any more of them empty; at least one line
 * @param refused columns that cannot be read, and why
 * @param notes what was passed over
 */
public record CsvTable(
        Path file,
        String unit,
        List<String> header,
        List<Line> lines,
        Map<String, String> refused,
        List<String> notes) {

    /**
     * A row.
     *
     * @param number of the physical line on which it begins, from 1
     * @param tags of the columns whose cells have their labels one by one
     */
    public record Line(long number, List<String> cells, Map<Integer, List<String>> tags) {

        Line(long number, List<String> cells) {
            this(number, cells, Map.of());
        }

        boolean isBlank() {
            return cells.stream().allMatch(String::isBlank);
        }

        /** A row whose first cell begins with the sign is one all the same, and so is half a row of an image. */
        boolean isComment(int width) {
            return cells.size() != width
                    && filled() != width
                    && cells.get(0).startsWith("#")
                    && cells.stream().noneMatch(ImageNames::isImage);
        }

        /** The number of cells up to the last that has something. */
        int filled() {
            int filled = cells.size();
            while (filled > 0 && cells.get(filled - 1).isBlank()) {
                filled--;
            }
            return filled;
        }
    }

    /** Takes a text apart. Lines without any content are passed over, as Excel leaves them at the end. */
    public static CsvTable parse(Path file, String text, TextFormat format) throws IOException {
        CsvDialect dialect = CsvDialect.of(text, format);
        List<Line> read = lines(file, dialect);
        if (read.isEmpty()) {
            throw new IOException(file + " has only blank lines; it needs a header and a row for each image");
        }
        List<String> header = format.header()
                ? read.get(0).cells().stream().map(LabelText::clean).toList()
                : numbers(read);
        List<Line> rows = format.header() ? read.subList(1, read.size()) : read;
        List<Line> comments =
                rows.stream().filter(line -> line.isComment(header.size())).toList();
        List<Line> lines = comments.isEmpty()
                ? rows
                : rows.stream().filter(line -> !line.isComment(header.size())).toList();
        if (lines.isEmpty()) {
            throw new IOException(file + " has a header (" + Excerpt.of(String.join(", ", header))
                    + ") and no rows; it needs one for each image");
        }
        RaggedRows.refuse(file, header, lines, dialect);
        List<String> notes = new ArrayList<>(dialect.notes());
        if (!comments.isEmpty()) {
            notes.add(comments.size() + (comments.size() == 1 ? " line" : " lines")
                    + " between the rows, the first line " + comments.get(0).number() + ", '"
                    + Excerpt.of(comments.get(0).cells().get(0)) + "', "
                    + (comments.size() == 1 ? "is passed over as a comment" : "are passed over as comments")
                    + ": they begin with # and have not the cells of a row");
        }
        long longer = lines.stream()
                .filter(line -> line.cells().size() > header.size())
                .count();
        if (longer > 0) {
            notes.add(longer + (longer == 1 ? " row ends" : " rows end") + " in more separators (" + dialect.shown()
                    + ") than the header; the cells after them are empty and are passed over");
        }
        return new CsvTable(file, "line", header, lines, Map.of(), List.copyOf(notes));
    }

    /** Names for the columns of a table without a header, which is as wide as most of its rows. */
    private static List<String> numbers(List<Line> rows) {
        Map<Integer, Long> widths = rows.stream()
                .collect(Collectors.groupingBy(line -> line.cells().size(), LinkedHashMap::new, Collectors.counting()));
        int width =
                Collections.max(widths.entrySet(), Map.Entry.comparingByValue()).getKey();
        return IntStream.rangeClosed(1, width).mapToObj(String::valueOf).toList();
    }

    private static List<Line> lines(Path file, CsvDialect dialect) throws IOException {
        List<Line> lines = new ArrayList<>();
        List<Repeats<String>> repeats = new ArrayList<>();
        long start = dialect.firstLine();
        try (CSVParser parser = parser(dialect.text(), dialect.delimiter())) {
            Iterator<CSVRecord> records = parser.iterator();
            while (records.hasNext()) {
                Line line = new Line(start, cells(records.next(), repeats));
                if (!line.isBlank()) {
                    lines.add(line);
                }
                start = dialect.firstLine() + parser.getCurrentLineNumber();
            }
        } catch (UncheckedIOException e) {
            throw new IOException(
                    file + " line " + start + ": a cell in double quotes does not end as it should; write a quote"
                            + " within it twice (\"\"), not with a backslash, and close the cell before the next"
                            + " separator ("
                            + Objects.requireNonNullElse(e.getCause(), e).getMessage() + ")",
                    e);
        }
        return lines;
    }

    private static List<String> cells(CSVRecord row, List<Repeats<String>> repeats) {
        String[] cells = row.values();
        for (int i = 0; i < cells.length; i++) {
            if (i == repeats.size()) {
                repeats.add(new Repeats<>());
            }
            cells[i] = repeats.get(i).one(cells[i]);
        }
        return Arrays.asList(cells);
    }

    static CSVParser parser(String text, char delimiter) throws IOException {
        return CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreEmptyLines(false)
                .setIgnoreSurroundingSpaces(true)
                .get()
                .parse(new StringReader(text));
    }

    /**
     * The position of a column.
     *
     * @throws IllegalArgumentException if there is none of the name, or more than one
     */
    public int column(String name) {
        if (refused.containsKey(name)) {
            throw new IllegalArgumentException(file + ": column '" + name + "' cannot be read: " + refused.get(name));
        }
        List<Integer> found = IntStream.range(0, header.size())
                .filter(i -> header.get(i).equals(name))
                .boxed()
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException(file + " has no column '" + name + "'; it has "
                    + NearMatches.describe(name, header)
                    + (header.size() == 1
                            ? " If these are several, name the separator: CsvFile.withDelimiter(';')"
                            : ""));
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException(file + " has " + found.size() + " columns named '" + name + "', numbers "
                    + found.stream().map(i -> String.valueOf(i + 1)).toList() + "; give each its own name");
        }
        return found.get(0);
    }

    /** The labels of a column whose cells have them one by one, for the rows where they do. */
    public List<List<String>> tags(int column) {
        return lines.stream()
                .map(line -> line.tags().get(column))
                .filter(Objects::nonNull)
                .toList();
    }

    /** The cells of a column in order. */
    public List<String> values(int column) {
        return new AbstractList<>() {
            @Override
            public String get(int index) {
                return lines.get(index).cells().get(column);
            }

            @Override
            public int size() {
                return lines.size();
            }
        };
    }
}
