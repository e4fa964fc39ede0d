package io.github.multilabel.evaluation.internal.page;

import java.util.List;

/**
 * Rows with the same columns. Long ones can be searched, and all be sorted, where the browser runs the page's script.
 *
 * @param caption what it is about
 * @param columns the heads of the columns; the first column has the names of the rows
 * @param rows with a cell for each column
 * @param series the names of the colours of its bars; empty if it has none
 * @param note what is left out, or what a column means; empty for nothing
 */
public record Table(String caption, List<String> columns, List<List<Cell>> rows, List<String> series, String note)
        implements Part {

    /** More rows than these stand in a frame of their own, with a field to search. */
    private static final int LONG = 15;

    /** Copies the lists. */
    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        series = List.copyOf(series);
    }

    /** A table without bars. */
    public Table(String caption, List<String> columns, List<List<Cell>> rows) {
        this(caption, columns, rows, List.of(), "");
    }

    /** The same with a line underneath. */
    public Table withNote(String note) {
        return new Table(caption, columns, rows, series, note);
    }

    /** The class of a column's head, which stands where its cells do: numbers at the right. */
    String look(int column) {
        return !rows.isEmpty() && rows.get(0).get(column).isWritten() ? "n" : "t";
    }

    boolean isLong() {
        return rows.size() > LONG;
    }
}
