package io.github.multilabel.data.internal.csv;

import io.github.multilabel.data.internal.text.TableCells;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Rows that have more or fewer cells than the header: what probably made them, and what to do. */
final class RaggedRows {

    private static final int SHOWN = 5;
    private static final int EXCERPT = 40;

    private RaggedRows() {}

    /** Reports all such rows at once; cells that are too many and empty do no harm. */
    static void refuse(Path file, List<String> header, List<TableCells.Line> lines, CsvDialect dialect)
            throws IOException {
        int width = header.size();
        List<TableCells.Line> shorter =
                lines.stream().filter(line -> line.cells().size() < width).toList();
        List<TableCells.Line> longer = lines.stream()
                .filter(line -> line.cells().size() > width && line.filled() > width)
                .toList();
        if (shorter.isEmpty() && longer.isEmpty()) {
            return;
        }
        List<TableCells.Line> first = lines.stream()
                .filter(line -> line.cells().size() < width || line.filled() > width)
                .limit(SHOWN)
                .toList();
        int more = shorter.size() + longer.size() - first.size();
        StringBuilder text = new StringBuilder(file + " line " + first.get(0).number() + " has "
                + cells(first.get(0).cells().size()) + ", the header has " + width + " (" + String.join(", ", header)
                + "), separated by " + dialect.shown() + ": the line begins '"
                + excerpt(first.get(0).cells().get(0)) + "'");
        if (first.size() > 1) {
            text.append(first.stream()
                    .skip(1)
                    .map(line ->
                            "line " + line.number() + " has " + line.cells().size())
                    .collect(Collectors.joining(", ", "; ", more > 0 ? " and " + more + " lines more" : "")));
        }
        text.append('.');
        if (!shorter.isEmpty()) {
            text.append(" Where cells are missing, write the row with all its separators, also after empty cells at its"
                    + " end; where a row is broken over two lines, put the cell with the line break in double quotes.");
        }
        if (!longer.isEmpty()) {
            text.append(" Put cells that contain the separator in double quotes, and write a quote within them twice.");
        }
        throw new IOException(text.toString());
    }

    private static String cells(int count) {
        return count + (count == 1 ? " cell" : " cells");
    }

    private static String excerpt(String cell) {
        return cell.length() > EXCERPT ? cell.substring(0, EXCERPT) + "..." : cell;
    }
}
