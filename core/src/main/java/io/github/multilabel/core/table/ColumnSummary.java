package io.github.multilabel.core.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a column of a table has, to see whether it can be a head.
 *
 * @param name the column's name
 * @param rows the number of rows
 * @param missing of these, the cells that are empty
 * @param distinct the number of different values, empty cells not counted
 * @param examples the first few of them
 * @param images whether the values look like the files or addresses of images
 * @param tags a separator that cuts the cells into fewer values than there are, each in several cells, if one does
 */
public record ColumnSummary(
        String name,
        int rows,
        int missing,
        int distinct,
        List<String> examples,
        boolean images,
        Optional<String> tags) {

    private static final int SHOWN = 4;
    private static final int MOST_CATEGORIES = 300;
    private static final List<String> SEPARATORS = List.of("|", ";", ",");

    /** Copies the examples. */
    public ColumnSummary {
        examples = List.copyOf(examples);
    }

    static ColumnSummary of(String name, List<String> cells) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        cells.stream()
                .map(LabelText::clean)
                .filter(cell -> !cell.isEmpty())
                .forEach(cell -> counts.merge(cell, 1, Integer::sum));
        int known = counts.values().stream().mapToInt(Integer::intValue).sum();
        long imageNames = counts.keySet().stream().filter(FolderRows::isImage).count();
        return new ColumnSummary(
                name,
                cells.size(),
                cells.size() - known,
                counts.size(),
                counts.keySet().stream().limit(SHOWN).toList(),
                imageNames * 2 > counts.size(),
                separator(counts.keySet()));
    }

    private static Optional<String> separator(Set<String> values) {
        return SEPARATORS.stream()
                .filter(separator -> values.stream().anyMatch(value -> value.contains(separator)))
                .filter(separator -> distinctParts(values, separator) < values.size())
                .findFirst();
    }

    private static int distinctParts(Set<String> values, String separator) {
        List<String> parts = new ArrayList<>();
        values.forEach(value -> parts.addAll(List.of(value.split(Pattern.quote(separator)))));
        return new HashSet<>(parts.stream().map(String::strip).toList()).size();
    }

    /**
     * Whether it can be a head: it has 2 to {@value #MOST_CATEGORIES} values, and each for two rows or more on average.
     */
    public boolean isHeadLike() {
        return !images
                && !name.isEmpty()
                && (tags.isPresent() || distinct >= 2 && distinct <= MOST_CATEGORIES)
                && distinct * 2 <= rows - missing;
    }
}
