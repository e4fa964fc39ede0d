package io.github.multilabel.core.table;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.table.TableRow.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the cells of a head's column say, before anything is known of its categories.
 *
 * @param labels for each row its labels, cleaned, each once; null where nothing is known
 * @param emptyTagCells the number of cells of tags that are empty
 * @param spellings for each label the ways in which it is written, where these are several
 */
record ColumnCells(List<List<String>> labels, int emptyTagCells, Map<String, Set<String>> spellings) {

    static ColumnCells read(HeadColumn column, List<TableRow> rows, Set<String> missing) {
        List<List<String>> labels = new ArrayList<>();
        Map<String, Set<String>> spellings = new TreeMap<>(LabelText.ORDER);
        int emptyTagCells = 0;
        for (TableRow row : rows) {
            Cell cell = row.cell(column.column());
            if (cell == null || isMissing(cell, missing)) {
                labels.add(null);
                continue;
            }
            List<String> found = labels(column, cell, spellings);
            boolean emptyCell =
                    found.isEmpty() && cell.tags() == null; // code that gives no tags knows that there are none
            boolean multi = column.kind() == Head.Kind.MULTI_LABEL;
            emptyTagCells += emptyCell && multi ? 1 : 0;
            labels.add(emptyCell && (!multi || column.emptyTags() == EmptyTags.UNKNOWN) ? null : found);
        }
        spellings.values().removeIf(written -> written.size() < 2);
        return new ColumnCells(Collections.unmodifiableList(labels), emptyTagCells, spellings);
    }

    /** Whether the cell has one of the user's words for nothing; an empty cell of tags may mean something else. */
    private static boolean isMissing(Cell cell, Set<String> missing) {
        String whole = LabelText.clean(cell.text());
        return !whole.isEmpty() && missing.contains(whole);
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
        return column.kind() == Head.Kind.SINGLE_LABEL
                ? List.of(cell.text())
                : Arrays.stream(cell.text().split(Pattern.quote(column.separator())))
                        .map(String::strip)
                        .toList();
    }
}
