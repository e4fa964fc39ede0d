package io.github.multilabel.data.table;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table and what the cells of their heads' columns say; the categories are found when it is known which
 * rows train.
 *
 * @param source where the rows come from
 * @param columns one per head
 * @param cells one per head
 * @param rows in order
 * @param unknownLabels what the user said, or null
 * @param parents which heads determine others
 * @param notes what reading the table found
 */
record LabelledRows(
        RowSource source,
        List<HeadColumn> columns,
        List<ColumnCells> cells,
        List<TableRow> rows,
        @Nullable UnknownLabels unknownLabels,
        TableParents parents,
        List<Finding> notes) {

    /** Finds the categories of every head, telling all columns of which nothing can be learned at once. */
    List<HeadLabels> heads(IntPredicate training) {
        List<HeadLabels> found = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            try {
                HeadLabels labels =
                        HeadLabels.of(columns.get(i), cells.get(i), training, unknownLabels == UnknownLabels.ADD);
                refuseUnknown(columns.get(i), labels);
                found.add(labels);
            } catch (IllegalArgumentException e) {
                wrong.add(e.getMessage());
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(name() + ":\n- " + String.join("\n- ", wrong));
        }
        return found;
    }

    private void refuseUnknown(HeadColumn column, HeadLabels labels) {
        boolean fail = unknownLabels == null ? column.isStrict() : unknownLabels == UnknownLabels.FAIL;
        if (fail && !labels.unknown().isEmpty()) {
            Map.Entry<Integer, List<String>> first =
                    labels.unknown().entrySet().iterator().next();
            String label = first.getValue().get(0);
            throw new IllegalArgumentException("head '" + column.head() + "', column '" + column.column() + "': "
                    + rows.get(first.getKey()).origin() + " has '" + label + "', which is none of its "
                    + NearMatches.describe(label, labels.head().categories())
                    + (labels.unknown().size() > 1
                            ? " So have " + (labels.unknown().size() - 1) + " more rows."
                            : "")
                    + " Add it to the categories, fold it with withMinFrequency(1), or mask such labels with"
                    + " optUnknownLabels(UnknownLabels.MASK)");
        }
    }

    /** The name of the table, for messages. */
    String name() {
        return source.name();
    }

    /** A name of each row for split files; where rows have the same image, they are numbered. */
    List<String> keys() {
        Map<String, Integer> before = new HashMap<>();
        List<String> keys = new ArrayList<>(rows.size());
        for (TableRow row : rows) {
            String key = source.key(row);
            int number = before.merge(key, 1, Integer::sum);
            keys.add(number == 1 ? key : key + " (" + number + ")");
        }
        return keys;
    }

    /**
     * One sample per row, of the heads that the table is to have, with what finer labels say of coarser ones. Adds a
     * note of each head that would determine another but for a few rows.
     *
     * @param training the rows that show which heads determine others
     */
    List<Sample> samples(List<HeadLabels> heads, IntPredicate training) {
        List<Labels> read = labels(heads);
        int[] shown = IntStream.range(0, rows.size()).filter(training).toArray();
        HeadSet known = parents.of(
                read.get(0).heads(),
                Arrays.stream(shown).mapToObj(read::get).toList(),
                nearly -> notes.add(TableNotes.nearly(
                        nearly,
                        rows,
                        nearly.breaking().stream().map(row -> shown[row]).toList())));
        return IntStream.range(0, rows.size())
                .mapToObj(row -> new Sample(
                        rows.get(row).image(),
                        read.get(row).forHeads(known).completed(),
                        rows.get(row).origin()))
                .toList();
    }

    /** What is known of each row. */
    List<Labels> labels(List<HeadLabels> heads) {
        HeadSet set = HeadSet.of(heads.stream().map(HeadLabels::head).toList());
        return IntStream.range(0, rows.size())
                .mapToObj(row -> labels(set, heads, row))
                .toList();
    }

    private Labels labels(HeadSet set, List<HeadLabels> heads, int row) {
        Labels.Builder labels = Labels.builder(set);
        for (HeadLabels head : heads) {
            List<String> categories = head.categories().get(row);
            if (categories != null) {
                try {
                    labels.set(head.head().name(), categories);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            rows.get(row).origin() + ": " + e.getMessage()
                                    + (categories.size() > 1
                                            ? "; if an image may have several, read them with HeadColumn.tags(\""
                                                    + head.head().name() + "\")"
                                            : ""),
                            e);
                }
            }
        }
        return labels.build();
    }
}
