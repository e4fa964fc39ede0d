package io.github.multilabel.data.internal.text;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.internal.message.NearMatches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a table in a file.
 *
 * @param file for messages
 * @param unit what the number of a row counts, such as {@code line}
 * @param header the names of the columns, without blanks at their ends; some may be empty or equal
 * @param lines at least as many cells each as the header, any more of them empty; at least one line
 * @param refused columns that cannot be read, and why
 * @param notes what was passed over
 * @param images of the columns that have the images themselves
 */
public record TableCells(
        Path file,
        String unit,
        List<String> header,
        List<Line> lines,
        Map<String, String> refused,
        List<String> notes,
        Map<Integer, Images> images) {

    public TableCells(
            Path file,
            String unit,
            List<String> header,
            List<Line> lines,
            Map<String, String> refused,
            List<String> notes) {
        this(file, unit, header, lines, refused, notes, Map.of());
    }

    /** The images of a column, which are many bytes and so are read only for the column that is taken. */
    @FunctionalInterface
    public interface Images {
        /** @return one for each row; null where the cell may name one instead */
        List<@Nullable ImageSource> read() throws IOException;
    }

    /**
     * A row.
     *
     * @param number of the physical line on which it begins, from 1
     * @param tags of the columns whose cells have their labels one by one
     */
    public record Line(long number, List<String> cells, Map<Integer, List<String>> tags) {

        public Line(long number, List<String> cells) {
            this(number, cells, Map.of());
        }

        public boolean isBlank() {
            return cells.stream().allMatch(String::isBlank);
        }

        /** The number of cells up to the last that has something. */
        public int filled() {
            int filled = cells.size();
            while (filled > 0 && cells.get(filled - 1).isBlank()) {
                filled--;
            }
            return filled;
        }
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
                            ? " If these are several, name the separator: TableFile.withDelimiter(';')"
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
