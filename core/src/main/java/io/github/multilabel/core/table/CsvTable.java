package io.github.multilabel.core.table;

import io.github.multilabel.core.NearMatches;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The cells of a CSV file.
 *
 * @param file for messages
 * @param header the names of the columns, without blanks at their ends; some may be empty or equal
 * @param lines as many cells each as the header; at least one line
 */
record CsvTable(Path file, List<String> header, List<Line> lines) {

    /**
     * A row.
     *
     * @param number of the physical line on which it begins, from 1
     */
    record Line(long number, List<String> cells) {

        boolean isBlank() {
            return cells.stream().allMatch(String::isBlank);
        }
    }

    /**
     * Takes a text apart. Lines without any content are passed over, as Excel leaves them at the end.
     *
     * @param delimiter between the cells, or null to find it out
     */
    static CsvTable parse(Path file, String text, Character delimiter) throws IOException {
        CsvDialect dialect = CsvDialect.of(text, delimiter);
        List<Line> lines = new ArrayList<>();
        List<String> header = null;
        for (Line line : lines(file, dialect)) {
            if (line.isBlank()) {
                continue;
            }
            if (header == null) {
                header = line.cells().stream().map(LabelText::clean).toList();
                continue;
            }
            if (line.cells().size() != header.size()) {
                throw new IOException(file + " line " + line.number() + " has "
                        + cells(line.cells().size())
                        + ", the header has " + header.size() + " (" + String.join(", ", header) + "), separated by "
                        + dialect.shown() + ": the line begins '"
                        + excerpt(line.cells().get(0))
                        + "'. Put cells that contain the separator in double quotes, and write a quote within them"
                        + " twice");
            }
            lines.add(line);
        }
        if (header == null) {
            throw new IOException(file + " has only blank lines; it needs a header and a row for each image");
        }
        if (lines.isEmpty()) {
            throw new IOException(file + " has a header (" + String.join(", ", header)
                    + ") and no rows; it needs one for each image");
        }
        return new CsvTable(file, header, List.copyOf(lines));
    }

    private static String cells(int count) {
        return count + (count == 1 ? " cell" : " cells");
    }

    private static String excerpt(String cell) {
        return cell.length() > 40 ? cell.substring(0, 40) + "..." : cell;
    }

    private static List<Line> lines(Path file, CsvDialect dialect) throws IOException {
        List<Line> lines = new ArrayList<>();
        long start = dialect.firstLine();
        try (CSVParser parser = parser(dialect.text(), dialect.delimiter())) {
            Iterator<CSVRecord> records = parser.iterator();
            while (records.hasNext()) {
                lines.add(new Line(start, records.next().toList()));
                start = dialect.firstLine() + parser.getCurrentLineNumber();
            }
        } catch (UncheckedIOException e) {
            throw new IOException(
                    file + " line " + start + ": a cell in double quotes does not end as it should; write a quote"
                            + " within it twice (\"\"), not with a backslash, and close the cell before the next"
                            + " separator (" + e.getCause().getMessage() + ")",
                    e);
        }
        return lines;
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
    int column(String name) {
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

    /** The cells of a column in order. */
    List<String> values(int column) {
        return lines.stream().map(line -> line.cells().get(column)).toList();
    }
}
