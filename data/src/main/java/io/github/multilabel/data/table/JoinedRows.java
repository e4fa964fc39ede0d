package io.github.multilabel.data.table;

import io.github.multilabel.data.Finding;
import io.github.multilabel.data.internal.images.UnusableImage;
import io.github.multilabel.data.internal.text.LabelText;
import io.github.multilabel.data.internal.text.MissingTexts;
import io.github.multilabel.data.table.TableRow.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes one row of all rows of an image, where each of them has one of its tags. */
final class JoinedRows {

    private static final int SHOWN = 5;

    private final Set<String> tagColumns;
    private final Map<String, Integer> positions = new LinkedHashMap<>();
    private final MissingTexts missing;
    private final List<String> conflicts = new ArrayList<>();
    private int conflicting;

    private JoinedRows(Set<String> tagColumns, List<String> columns, MissingTexts missing) {
        this.tagColumns = tagColumns;
        this.missing = missing;
        columns.forEach(column -> positions.putIfAbsent(column, positions.size()));
    }

    /**
     * The rows, one for each image, in the order in which the images are met first.
     *
     * @param tagColumns columns whose cells add up; the cells of others must say the same
     * @param columns all of them
     * @throws IllegalArgumentException if rows of an image contradict each other; the message names some
     */
    static List<TableRow> of(
            List<TableRow> rows,
            Set<String> tagColumns,
            List<String> columns,
            MissingTexts missing,
            Consumer<Finding> notes) {
        Map<Object, List<TableRow>> byImage = new LinkedHashMap<>();
        for (TableRow row : rows) {
            byImage.computeIfAbsent(image(row), key -> new ArrayList<>(1)).add(row);
        }
        JoinedRows joined = new JoinedRows(tagColumns, columns, missing);
        List<TableRow> all = byImage.values().stream().map(joined::join).toList();
        joined.refuse();
        if (all.size() < rows.size()) {
            notes.accept(TableNotes.note(String.format(
                    Locale.ROOT,
                    "%,d rows are %,d images: an image has the tags of all its rows",
                    rows.size(),
                    all.size())));
        }
        return all;
    }

    /** Rows without an image have nothing in common. */
    private static Object image(TableRow row) {
        return row.image() instanceof UnusableImage image && image.isNone()
                ? row
                : row.image().name();
    }

    private TableRow join(List<TableRow> rows) {
        if (rows.size() == 1) {
            return rows.get(0);
        }
        @Nullable Cell[] cells = new Cell[positions.size()];
        positions.forEach((column, position) ->
                cells[position] = tagColumns.contains(column) ? tags(rows, column) : same(rows, column));
        TableRow first = rows.get(0);
        int more = rows.size() - 1;
        return new TableRow(
                first.image(),
                positions,
                cells,
                () -> first.origin() + " (and " + more + (more == 1 ? " row" : " rows") + " more of this image)");
    }

    private @Nullable Cell tags(List<TableRow> rows, String column) {
        Set<String> tags = new LinkedHashSet<>();
        for (TableRow row : rows) {
            Cell cell = row.cell(column);
            if (cell != null) {
                (cell.tags() == null ? Stream.of(cell.text()) : cell.tags().stream())
                        .filter(tag -> !LabelText.clean(tag).isEmpty() && !missing.contains(LabelText.clean(tag)))
                        .forEach(tags::add);
            }
        }
        return tags.isEmpty() ? rows.get(0).cell(column) : new Cell(String.join(", ", tags), List.copyOf(tags));
    }

    private @Nullable Cell same(List<TableRow> rows, String column) {
        Map<String, TableRow> different = new LinkedHashMap<>();
        for (TableRow row : rows) {
            String text = LabelText.clean(row.text(column));
            if (!text.isEmpty()) {
                different.putIfAbsent(text, row);
            }
        }
        if (different.size() > 1 && ++conflicting <= SHOWN) {
            List<Map.Entry<String, TableRow>> two =
                    different.entrySet().stream().limit(2).toList();
            conflicts.add(two.get(0).getValue().origin() + " has '"
                    + SuspectLabels.excerpt(two.get(0).getKey())
                    + "' and " + two.get(1).getValue().origin() + " '"
                    + SuspectLabels.excerpt(two.get(1).getKey()) + "' in column '" + column + "'");
        }
        return different.values().stream()
                .findFirst()
                .map(row -> row.cell(column))
                .orElseGet(() -> rows.get(0).cell(column));
    }

    private void refuse() {
        if (conflicting > 0) {
            throw new IllegalArgumentException("rows of the same image are joined, with the tags of "
                    + tagColumns + ", and must say the same in all other columns: " + String.join("; ", conflicts)
                    + (conflicting > conflicts.size() ? " and " + (conflicting - conflicts.size()) + " more" : "")
                    + ". Correct them, or read that column too with a tag in each row");
        }
    }
}
