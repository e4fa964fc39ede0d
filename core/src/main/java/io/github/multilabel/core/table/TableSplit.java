package io.github.multilabel.core.table;

import io.github.multilabel.core.check.ContentHash;
import io.github.multilabel.core.split.DataSplit;
import io.github.multilabel.core.split.SplitBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * How the user wants the rows to be split.
 *
 * @param column that tells the part of each row, or null
 * @param validation the share to draw, or 0
 * @param test the share to draw, or 0
 * @param groupColumn whose equal texts stay together, or null
 * @param duplicatesTogether whether images of the same bytes stay together
 * @param seed of the draw
 */
record TableSplit(
        String column, double validation, double test, String groupColumn, boolean duplicatesTogether, long seed) {

    /** The split, or null if none is wanted. */
    DataSplit of(LabelledRows table) {
        if (column != null) {
            return fromColumn(table);
        }
        return validation == 0 && test == 0 ? null : draw(table);
    }

    private DataSplit fromColumn(LabelledRows table) {
        List<String> parts = new ArrayList<>();
        for (TableRow row : table.rows()) {
            String part = PartName.of(row.text(column));
            if (part.isEmpty()) {
                throw new IllegalArgumentException(row.origin() + ": the cell of the split column '" + column
                        + "' is empty; every row needs a part, such as train or validation");
            }
            parts.add(part);
        }
        return DataSplit.byName(parts);
    }

    /** Over the categories of all rows: which of them train is not known yet. */
    private DataSplit draw(LabelledRows table) {
        SplitBuilder split = DataSplit.builder()
                .setLabels(table.labels(table.heads(row -> true)))
                .optSeed(seed)
                .addPart(PartName.TRAIN, 1 - validation - test);
        if (validation > 0) {
            split.addPart(PartName.VALIDATION, validation);
        }
        if (test > 0) {
            split.addPart(PartName.TEST, test);
        }
        if (groupColumn != null) {
            split.addGroups(table.rows().stream()
                    .map(row -> LabelText.clean(row.text(groupColumn)))
                    .toList());
        }
        if (duplicatesTogether) {
            split.addGroups(
                    ContentHash.of(table.rows().stream().map(TableRow::image).toList()));
        }
        return split.build();
    }
}
