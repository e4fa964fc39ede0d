package io.github.multilabel.data.internal.csv;

import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.data.internal.images.ImageNames;
import io.github.multilabel.data.internal.text.LabelText;
import io.github.multilabel.data.internal.text.Repeats;
import io.github.multilabel.data.internal.text.TableCells;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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

/** Reads the rows of a table in CSV. */
public final class CsvReader {

    private CsvReader() {}

    /** Takes a text apart. Lines without any content are passed over, as Excel leaves them at the end. */
    public static TableCells parse(Path file, String text, TextFormat format) throws IOException {
        CsvDialect dialect = CsvDialect.of(text, format);
        List<TableCells.Line> read = lines(file, dialect);
        if (read.isEmpty()) {
            throw new IOException(file + " has only blank lines; it needs a header and a row for each image");
        }
        List<String> header = format.header()
                ? read.get(0).cells().stream().map(LabelText::clean).toList()
                : numbers(read);
        List<TableCells.Line> rows = format.header() ? read.subList(1, read.size()) : read;
        List<TableCells.Line> comments =
                rows.stream().filter(line -> isComment(line, header.size())).toList();
        List<TableCells.Line> lines = comments.isEmpty()
                ? rows
                : rows.stream().filter(line -> !isComment(line, header.size())).toList();
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
        return new TableCells(file, "line", header, lines, Map.of(), List.copyOf(notes));
    }

    /** A row whose first cell begins with the sign is one all the same, and so is half a row of an image. */
    private static boolean isComment(TableCells.Line line, int width) {
        return line.cells().size() != width
                && line.filled() != width
                && line.cells().get(0).startsWith("#")
                && line.cells().stream().noneMatch(ImageNames::isImage);
    }

    /** Names for the columns of a table without a header, which is as wide as most of its rows. */
    private static List<String> numbers(List<TableCells.Line> rows) {
        Map<Integer, Long> widths = rows.stream()
                .collect(Collectors.groupingBy(line -> line.cells().size(), LinkedHashMap::new, Collectors.counting()));
        int width =
                Collections.max(widths.entrySet(), Map.Entry.comparingByValue()).getKey();
        return IntStream.rangeClosed(1, width).mapToObj(String::valueOf).toList();
    }

    private static List<TableCells.Line> lines(Path file, CsvDialect dialect) throws IOException {
        List<TableCells.Line> lines = new ArrayList<>();
        List<Repeats<String>> repeats = new ArrayList<>();
        long start = dialect.firstLine();
        try (CSVParser parser = parser(dialect.text(), dialect.delimiter())) {
            Iterator<CSVRecord> records = parser.iterator();
            while (records.hasNext()) {
                TableCells.Line line = new TableCells.Line(start, cells(records.next(), repeats));
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
}
