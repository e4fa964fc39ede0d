package io.github.multilabel.data.table;

import io.github.multilabel.core.Head;
import io.github.multilabel.data.internal.text.LabelText;
import io.github.multilabel.data.internal.text.MissingTexts;
import io.github.multilabel.data.internal.text.TagSeparator;
import io.github.multilabel.data.table.TableRow.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the cells of a head's column say, before anything is known of its categories.
 *
 * @param labels for each row its labels, cleaned, each once; null where nothing is known. Equal cells share a list
 * @param cut the number of cells that have several labels
 * @param emptyTagCells the number of cells of tags that are empty
 * @param spellings for each label the ways in which it is written, where these are several
 * @param saidMissing for each text that the user takes for a missing label the number of cells that have it
 */
record ColumnCells(
        List<@Nullable List<String>> labels,
        int cut,
        int emptyTagCells,
        Map<String, Set<String>> spellings,
        Map<String, Integer> saidMissing) {

    static ColumnCells read(HeadColumn column, List<TableRow> rows, MissingTexts missing) {
        if (column.form().isOfColumns()) {
            return TagCells.read(column, rows, missing);
        }
        List<@Nullable List<String>> labels = new ArrayList<>(rows.size());
        Map<String, Set<String>> spellings = new TreeMap<>(LabelText.ORDER);
        Map<String, Integer> saidMissing = new TreeMap<>(LabelText.ORDER);
        Map<Cell, List<String>> known = new HashMap<>();
        int cut = 0;
        int emptyTagCells = 0;
        for (TableRow row : rows) {
            Cell cell = row.cell(column.column());
            String whole = cell == null ? "" : LabelText.clean(cell.text());
            if (cell == null || missing.contains(whole)) {
                labels.add(null);
                if (cell != null) {
                    saidMissing.merge(whole, 1, Integer::sum);
                }
                continue;
            }
            List<String> found = known.get(cell);
            if (found == null) {
                found = labels(column, cell, spellings);
                known.put(cell, found);
            }
            cut += found.size() > 1 ? 1 : 0;
            boolean emptyCell =
                    found.isEmpty() && cell.tags() == null; // code that gives no tags knows that there are none
            boolean multi = column.kind() == Head.Kind.MULTI_LABEL;
            emptyTagCells += emptyCell && multi ? 1 : 0;
            boolean isMissing = multi ? emptyCell && column.emptyTags() == EmptyTags.UNKNOWN : found.isEmpty();
            labels.add(isMissing ? null : found);
        }
        if (column.form().isOneByOne() && column.kind() == Head.Kind.MULTI_LABEL) {
            refuseSeparated(column, known);
        }
        spellings.values().removeIf(written -> written.size() < 2);
        return new ColumnCells(Collections.unmodifiableList(labels), cut, emptyTagCells, spellings, saidMissing);
    }

    /** Tags in one text would be one tag each. */
    private static void refuseSeparated(HeadColumn column, Map<Cell, List<String>> cells) {
        if (cells.keySet().stream().allMatch(cell -> cell.tags() == null)) {
            TagSeparator.of(cells.keySet().stream().map(Cell::text).toList()).ifPresent(separator -> {
                throw new IllegalArgumentException("head '" + column.head() + "': the cells of column '"
                        + column.column() + "' are no lists, but texts with tags separated by '" + separator
                        + "'; read them with addTags(\"" + column.column() + "\", \"" + separator + "\")");
            });
        }
    }

    private static List<String> labels(HeadColumn column, Cell cell, Map<String, Set<String>> spellings) {
        Set<String> found = new LinkedHashSet<>();
        for (String part : parts(column, cell)) {
            String label = LabelText.clean(part);
            if (!label.isEmpty()) {
                found.add(label);
                spellings
                        .computeIfAbsent(label, key -> new TreeSet<>(LabelText.ORDER))
                        .add(part);
            }
        }
        return List.copyOf(found);
    }

    private static List<String> parts(HeadColumn column, Cell cell) {
        if (cell.tags() != null) {
            return cell.tags();
        }
        // blanks around a separator are a habit of writing, not a spelling
        return column.separator().isEmpty()
                ? List.of(cell.text())
                : Arrays.stream(cell.text().split(Pattern.quote(column.separator())))
                        .map(String::strip)
                        .toList();
    }

    /** The same with other labels. */
    ColumnCells with(List<@Nullable List<String>> others) {
        return new ColumnCells(Collections.unmodifiableList(others), cut, emptyTagCells, spellings, saidMissing);
    }

    /** The number of rows of a kind that have each label; labels come in the order in which they are met. */
    Map<String, Integer> counts(IntPredicate rows) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int row = 0; row < labels.size(); row++) {
            if (labels.get(row) != null && rows.test(row)) {
                labels.get(row).forEach(label -> counts.merge(label, 1, Integer::sum));
            }
        }
        return counts;
    }
}
