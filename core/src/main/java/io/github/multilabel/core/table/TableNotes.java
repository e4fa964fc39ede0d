package io.github.multilabel.core.table;

import io.github.multilabel.core.check.Finding;
import io.github.multilabel.core.check.Finding.Kind;
import io.github.multilabel.core.check.Finding.Severity;
import io.github.multilabel.core.split.DataSplit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What reading a table found, in words. */
final class TableNotes {

    private TableNotes() {}

    static String summary(LabelledRows rows, List<HeadLabels> labels, DataSplit split) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "%s: %,d rows%s%n", rows.name(), rows.rows().size(), parts(split)));
        for (int i = 0; i < labels.size(); i++) {
            HeadLabels head = labels.get(i);
            HeadColumn column = rows.columns().get(i);
            ColumnCells cells = rows.cells().get(i);
            text.append(String.format(
                    Locale.ROOT,
                    "- %s: %,d categories, %,d rows labelled, %,d missing",
                    head.head().name(),
                    head.head().size(),
                    head.labelled(),
                    rows.rows().size() - head.labelled()));
            if (head.folded() > 0) {
                text.append(String.format(
                        Locale.ROOT,
                        "; %,d rare categories (below %d images) are folded into %s",
                        head.folded(),
                        column.otherBelow(),
                        HeadLabels.OTHER));
            }
            if (cells.emptyTagCells() > 0) {
                text.append("; ").append(emptyTags(column, cells));
            }
            if (!head.unknown().isEmpty()) {
                text.append(String.format(
                        Locale.ROOT,
                        "; %,d rows have a label that is none of these",
                        head.unknown().size()));
            }
            text.append(System.lineSeparator());
        }
        return text.toString().stripTrailing();
    }

    private static String parts(DataSplit split) {
        if (split == null) {
            return "";
        }
        return ": " + split;
    }

    private static String emptyTags(HeadColumn column, ColumnCells cells) {
        return String.format(
                Locale.ROOT,
                column.emptyTags() == EmptyTags.NONE
                        ? "%,d empty cells mean no tags"
                        : "%,d empty cells mean unknown (if they mean no tags, say EmptyTags.NONE)",
                cells.emptyTagCells());
    }

    /** What the report of a check adds to what samples tell. */
    static List<Finding> findings(LabelledRows rows, List<HeadLabels> labels) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            HeadColumn column = rows.columns().get(i);
            ColumnCells cells = rows.cells().get(i);
            findings.addAll(unknown(rows, labels.get(i)));
            cells.spellings()
                    .forEach((label, written) -> findings.add(new Finding(
                            Kind.SPELLINGS,
                            Severity.INFO,
                            List.of(),
                            "'" + column.head() + "': " + written.size() + " spellings that look alike are read as '"
                                    + label
                                    + "': they differ in blanks at the ends or in how characters are written")));
            if (cells.emptyTagCells() > 0) {
                findings.add(new Finding(
                        Kind.EMPTY_TAGS,
                        Severity.INFO,
                        List.of(),
                        "'" + column.head() + "': " + emptyTags(column, cells)));
            }
        }
        return findings;
    }

    private static List<Finding> unknown(LabelledRows rows, HeadLabels head) {
        Map<String, List<Integer>> byLabel = new LinkedHashMap<>();
        head.unknown()
                .forEach((row, strange) -> strange.forEach(label ->
                        byLabel.computeIfAbsent(label, key -> new ArrayList<>()).add(row)));
        List<Finding> findings = new ArrayList<>();
        byLabel.forEach((label, found) -> findings.add(new Finding(
                Kind.UNKNOWN_LABELS,
                Severity.WARNING,
                found,
                "'" + head.head().name() + "': '" + label + "' is none of its categories and is masked in "
                        + found.size() + (found.size() == 1 ? " row" : " rows") + ", first in "
                        + rows.rows().get(found.get(0)).origin())));
        return findings;
    }
}
