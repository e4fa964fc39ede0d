package io.github.multilabel.data.table;

import io.github.multilabel.data.Finding;
import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Where the rows of a table come from. */
interface RowSource {

    /** For messages, such as the name of a file. */
    String name();

    /**
     * Reads all rows.
     *
     * @param wanted given the columns that can be labels, says which will be asked for; others may be left out
     * @param notes receives what was passed over or taken otherwise than it is written
     * @throws IllegalArgumentException if there is no such column
     */
    List<TableRow> read(UnaryOperator<List<String>> wanted, Consumer<Finding> notes) throws IOException;

    /** Reads all rows with these columns. */
    default List<TableRow> read(List<String> columns, Consumer<Finding> notes) throws IOException {
        return read(there -> columns, notes);
    }

    /** Reads all rows without notes. */
    default List<TableRow> read(List<String> columns) throws IOException {
        return read(columns, note -> {});
    }

    /**
     * The name of a row in a split file: that of its image, without the folder of all images, so that the file still
     * fits after the images were moved.
     */
    default String key(TableRow row) {
        return row.image().name();
    }

    /** The name of an image, without a folder if it lies there, with slashes on every system. */
    static String below(Path folder, String image) {
        try {
            Path path = Path.of(image);
            return path.startsWith(folder)
                    ? folder.relativize(path).toString().replace(File.separatorChar, '/')
                    : image;
        } catch (InvalidPathException e) { // no file, but an address or what stands in for an image
            return image;
        }
    }

    /** What columns there are, for a message that proposes some. */
    List<ColumnSummary> columns() throws IOException;
}
