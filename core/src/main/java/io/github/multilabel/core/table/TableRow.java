package io.github.multilabel.core.table;

import io.github.multilabel.core.image.ImageSource;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An image and what a table says of it, as code brings it to {@link ImageTable#rows}. Immutable.
 *
 * <pre>{@code
 * TableRow.of(Path.of("photos/7.jpg")).with("brand", "Audi").with("tags", List.of("red", "rusty"));
 * }</pre>
 */
public final class TableRow {

    private final ImageSource image;
    private final Map<String, Cell> cells;
    private final String origin;

    TableRow(ImageSource image, Map<String, Cell> cells, String origin) {
        this.image = image;
        this.cells = cells;
        this.origin = origin;
    }

    /** A row of an image of which nothing is said yet. */
    public static TableRow of(ImageSource image) {
        return new TableRow(Objects.requireNonNull(image, "image"), Map.of(), "");
    }

    /** A row of an image file of which nothing is said yet. */
    public static TableRow of(Path image) {
        return of(ImageSource.of(image));
    }

    /**
     * The same with the text of a column.
     *
     * @param text as a cell of a CSV file would have it; null if nothing is known
     */
    public TableRow with(String column, String text) {
        return with(column, text == null ? null : new Cell(text, null));
    }

    /**
     * The same with the tags of a column.
     *
     * @param tags those that apply, perhaps none; null if nothing is known
     */
    public TableRow with(String column, Collection<String> tags) {
        return with(column, tags == null ? null : new Cell(String.join(", ", tags), List.copyOf(tags)));
    }

    private TableRow with(String column, Cell cell) {
        Map<String, Cell> more = new LinkedHashMap<>(cells);
        more.put(Objects.requireNonNull(column, "column"), cell);
        return new TableRow(image, more, origin);
    }

    /**
     * The same with the place that messages name.
     *
     * @param origin such as {@code "cars, id 214"}; by default the name and number of the row
     */
    public TableRow from(String origin) {
        return new TableRow(image, cells, Objects.requireNonNull(origin, "origin"));
    }

    /** The image. */
    public ImageSource image() {
        return image;
    }

    /** Where the row comes from, for messages, such as {@code "labels.csv line 214"}. */
    public String origin() {
        return origin;
    }

    /** The text of a column, empty if the row has none. */
    public String text(String column) {
        Cell cell = cells.get(column);
        return cell == null ? "" : cell.text();
    }

    /** The columns that the row says something of. */
    Collection<String> columns() {
        return cells.keySet();
    }

    Cell cell(String column) {
        return cells.get(column);
    }

    /**
     * What a row says in one column.
     *
     * @param text as it was written
     * @param tags where code gave them one by one, otherwise null
     */
    record Cell(String text, List<String> tags) {}

    @Override
    public String toString() {
        return origin + (origin.isEmpty() ? "" : ": ") + image.name();
    }
}
