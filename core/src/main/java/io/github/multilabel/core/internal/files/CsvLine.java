package io.github.multilabel.core.internal.files;

import java.util.List;
import java.util.stream.Collectors;

/** A line of a table in CSV (RFC 4180), without its end. */
public final class CsvLine {

    private CsvLine() {}

    /** The cells with commas between them; a cell with a comma, a quote or an end of line is quoted. */
    public static String of(List<String> cells) {
        return cells.stream().map(CsvLine::quoted).collect(Collectors.joining(","));
    }

    private static String quoted(String cell) {
        return cell.matches("[^\",\\r\\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
