package io.github.multilabel.data.table;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The columns that a table is read for; which ones patterns stand for is known when the table is open. */
final class WantedColumns implements UnaryOperator<List<String>> {

    private final List<String> others;
    private List<HeadColumn> heads;
    private List<String> columns = List.of();

    /** @param others columns beside those of the heads, such as that of the split */
    WantedColumns(List<HeadColumn> heads, List<String> others) {
        this.heads = List.copyOf(heads);
        this.others = others;
    }

    @Override
    public List<String> apply(List<String> there) {
        Set<String> taken = new HashSet<>(others);
        heads.stream().filter(head -> !head.form().isOfColumns()).forEach(head -> taken.add(head.column()));
        heads = heads.stream().map(head -> head.among(there, taken)).toList();
        Set<String> found = new LinkedHashSet<>();
        heads.forEach(head -> found.addAll(head.columns()));
        found.addAll(others);
        columns = List.copyOf(found);
        return columns;
    }

    /** With the columns that were found. */
    List<HeadColumn> heads() {
        return heads;
    }

    /** Those that were found. */
    List<String> columns() {
        return columns;
    }

    /** Those in which each row of an image has one tag. */
    Set<String> tagPerRow() {
        return heads.stream()
                .filter(head -> head.form().perRow())
                .map(HeadColumn::column)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
