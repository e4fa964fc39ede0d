package io.github.multilabel.data.table;

import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Finding.Kind;
import io.github.multilabel.data.Finding.Severity;
import io.github.multilabel.data.internal.text.LabelText;
import io.github.multilabel.data.internal.text.MissingTexts;
import io.github.multilabel.data.split.DataSplit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The column whose equal texts belong on one side of a split, whoever made it.
 *
 * @param column its name
 * @param groups of each row; empty for a row that stands alone
 */
record GroupColumn(String column, List<String> groups) {

    private static final int SHOWN = 4;

    /** Takes the groups from the cells; one that is empty or a text for a missing label names none. */
    static GroupColumn read(String column, List<TableRow> rows, MissingTexts missing) {
        return new GroupColumn(
                column,
                rows.stream()
                        .map(row -> LabelText.clean(row.text(column)))
                        .map(text -> missing.contains(text) ? "" : text)
                        .toList());
    }

    /** For messages about rows that stay together. */
    String words() {
        return "column '" + column + "'";
    }

    /**
     * What the one who named the column should know.
     *
     * @param split of the rows, if they are split
     */
    List<Finding> warnings(Optional<DataSplit> split) {
        List<Finding> warnings = new ArrayList<>();
        long named = groups.stream().filter(group -> !group.isEmpty()).count();
        if (split.isEmpty()) {
            warnings.add(TableNotes.warning("optGroupColumn(\"" + column + "\") has no effect, the table is not split;"
                    + " say how with optValidation(0.2) or optSplitColumn(...), or split it yourself"));
        }
        if (named == rowsOfGroup().size()) {
            warnings.add(TableNotes.warning(words() + " keeps no rows together: "
                    + (named == 0
                            ? "all of its cells are empty"
                            : "no two of the " + named + " rows that name a group name the same")));
        }
        split.ifPresent(parts -> warnings.addAll(acrossParts(parts)));
        return warnings;
    }

    /** The groups that are in several parts. */
    private List<Finding> acrossParts(DataSplit split) {
        Map<String, List<Integer>> rowsOfGroup = rowsOfGroup();
        Map<Set<String>, List<String>> groupsOfParts = new LinkedHashMap<>();
        rowsOfGroup.forEach((group, rows) -> {
            Set<String> parts = new TreeSet<>();
            rows.forEach(row -> parts.add(split.part(row)));
            if (parts.size() > 1) {
                groupsOfParts.computeIfAbsent(parts, key -> new ArrayList<>()).add(group);
            }
        });
        List<Finding> findings = new ArrayList<>();
        groupsOfParts.forEach((parts, torn) -> findings.add(new Finding(
                Kind.GROUP_ACROSS_PARTS,
                Severity.WARNING,
                torn.stream()
                        .flatMap(group -> rowsOfGroup.getOrDefault(group, List.of()).stream())
                        .sorted()
                        .toList(),
                words() + ": " + torn.size() + " of " + rowsOfGroup.size() + " groups are in "
                        + split.parts().stream().filter(parts::contains).collect(Collectors.joining(" and in ")) + ": "
                        + some(torn) + "; a group should be in one part only, or what is measured is too good")));
        return findings;
    }

    private Map<String, List<Integer>> rowsOfGroup() {
        Map<String, List<Integer>> rows = new LinkedHashMap<>();
        for (int row = 0; row < groups.size(); row++) {
            if (!groups.get(row).isEmpty()) {
                rows.computeIfAbsent(groups.get(row), group -> new ArrayList<>())
                        .add(row);
            }
        }
        return rows;
    }

    private static String some(List<String> names) {
        return "'" + names.stream().limit(SHOWN).collect(Collectors.joining("', '")) + "'"
                + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
    }
}
