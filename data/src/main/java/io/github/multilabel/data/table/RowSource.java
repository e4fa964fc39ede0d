package io.github.multilabel.data.table;

import io.github.multilabel.data.Finding;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Where the rows of a table come from. */
interface RowSource {

    /** For messages, such as the name of a file. */
    String name();

    /**
     * Reads all rows.
     *
     * @param columns those that will be asked for; others may be left out
     * @param notes receives what was passed over or taken otherwise than it is written
     * @throws IllegalArgumentException if there is no such column
     */
    List<TableRow> read(List<String> columns, Consumer<Finding> notes) throws IOException;

    /** Reads all rows without notes. */
    default List<TableRow> read(List<String> columns) throws IOException {
        return read(columns, note -> {});
    }

    /** What columns there are, for a message that proposes some. */
    List<ColumnSummary> columns() throws IOException;
}
