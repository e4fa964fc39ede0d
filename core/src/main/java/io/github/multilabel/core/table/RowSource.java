package io.github.multilabel.core.table;

import java.io.IOException;
import java.util.List;

/** Where the rows of a table come from. */
interface RowSource {

    /** For messages, such as the name of a file. */
    String name();

    /**
     * Reads all rows.
     *
     * @param columns those that will be asked for; others may be left out
     * @throws IllegalArgumentException if there is no such column
     */
    List<TableRow> read(List<String> columns) throws IOException;

    /** What columns there are, for a message that proposes some. */
    List<ColumnSummary> columns() throws IOException;
}
