package io.github.multilabel.data.table;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.data.internal.images.UnusableImage;
import io.github.multilabel.data.internal.text.Repeats;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An image and what a table says of it, as code brings it to {@link ImageTable#rows}. Immutable.
 *
 * <pre>{@code
 * TableRow.of(Path.of("photos/7.jpg")).with("brand", "Audi").with("tags", List.of("red", "rusty"));
 * }</pre>
 */
public final class TableRow {

    private static final Supplier<String> NOWHERE = () -> "";

    private final ImageSource image;
    /** The position of each column in {@link #cells}; the rows of a table share it, for there may be a million. */
    private final Map<String, Integer> columns;

    private final @Nullable Cell[] cells;
    private final Supplier<String> origin;

    /**
     * @param columns the position of each in {@code cells}
     * @param cells not copied; null where nothing is known
     * @param origin empty if nothing is known of it
     */
    TableRow(ImageSource image, Map<String, Integer> columns, @Nullable Cell[] cells, Supplier<String> origin) {
        this.image = image;
        this.columns = columns;
        this.cells = cells;
        this.origin = origin;
    }

    /** A row without a place that messages could name. */
    TableRow(ImageSource image, Map<String, Integer> columns, @Nullable Cell[] cells) {
        this(image, columns, cells, NOWHERE);
    }

    /** A row of an image of which nothing is said yet. */
    public static TableRow of(ImageSource image) {
        return new TableRow(
                Given.require(image, "image", "where the image comes from, e.g. ImageSource.of(file)"),
                Map.of(),
                new Cell[0]);
    }

    /**
     * A row of an image file of which nothing is said yet.
     *
     * @param image null, as a database may have it, makes a row whose image is missing
     */
    public static TableRow of(@Nullable Path image) {
        return of(image == null ? UnusableImage.none("the path is null") : ImageSource.of(image));
    }

    /**
     * The same with the text of a column.
     *
     * @param text as a cell of a CSV file would have it; null if nothing is known
     */
    public TableRow with(String column, @Nullable String text) {
        return with(column, text == null ? null : new Cell(text, null));
    }

    /**
     * The same with the tags of a column.
     *
     * @param tags those that apply, perhaps none; null if nothing is known
     * @throws IllegalArgumentException if one of them is null
     */
    public TableRow with(String column, @Nullable Collection<String> tags) {
        if (tags != null && tags.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("column '" + column + "': one of its tags is null; leave it out");
        }
        return with(column, tags == null ? null : new Cell(String.join(", ", tags), List.copyOf(tags)));
    }

    private TableRow with(String column, @Nullable Cell cell) {
        Map<String, Integer> more = new LinkedHashMap<>(columns);
        int position =
                more.computeIfAbsent(Given.require(column, "column", "the name of a column"), key -> columns.size());
        @Nullable Cell[] changed = Arrays.copyOf(cells, more.size());
        changed[position] = cell;
        return new TableRow(image, more, changed, origin);
    }

    /**
     * The same with the place that messages name.
     *
     * @param origin such as {@code "cars, id 214"}; by default the name and number of the row
     */
    public TableRow from(String origin) {
        Given.require(origin, "origin", "the place that messages name, e.g. \"cars, id 214\"");
        return new TableRow(image, columns, cells, () -> origin);
    }

    /** The same with a place, unless it has one. */
    TableRow orFrom(Supplier<String> place) {
        return origin().isEmpty() ? new TableRow(image, columns, cells, place) : this;
    }

    /** The same with columns and cells that equal ones of other rows share with them. */
    TableRow sharing(Repeats<Map<String, Integer>> knownColumns, Repeats<Cell> knownCells) {
        @Nullable
        Cell[] shared = Arrays.stream(cells)
                .map(cell -> cell == null ? null : knownCells.one(cell))
                .toArray(Cell[]::new);
        return new TableRow(image, knownColumns.one(columns), shared, origin);
    }

    /** The image. */
    public ImageSource image() {
        return image;
    }

    /** Where the row comes from, for messages, such as {@code "labels.csv line 214"}. */
    public String origin() {
        return origin.get();
    }

    /** The text of a column, empty if the row has none. */
    public String text(String column) {
        Cell cell = cell(column);
        return cell == null ? "" : cell.text();
    }

    /** The columns that the row has. */
    Collection<String> columns() {
        return columns.keySet();
    }

    @Nullable
    Cell cell(String column) {
        Integer position = columns.get(column);
        return position == null ? null : cells[position];
    }

    /**
     * What a row says in one column.
     *
     * @param text as it was written
     * @param tags where code gave them one by one, otherwise null
     */
    record Cell(String text, @Nullable List<String> tags) {}

    @Override
    public String toString() {
        return origin() + (origin().isEmpty() ? "" : ": ") + image.name();
    }
}
