package io.github.multilabel.data.table;

import java.util.List;
import java.util.Map;

/**
 * How the labels of a head stand in a table.
 *
 * @param separator between the tags of a cell; empty where a cell has one label, or code gives tags one by one
 * @param perRow whether an image has a row for each of its tags
 * @param patterns of the names of columns that are tags, each with a {@code *} at most; empty for none
 * @param columns the tag of each column that was found by them
 */
record TagForm(String separator, boolean perRow, List<String> patterns, Map<String, String> columns) {

    static final TagForm ONE = new TagForm("", false, List.of(), Map.of());
    static final TagForm PER_ROW = new TagForm("", true, List.of(), Map.of());

    static TagForm cut(String separator) {
        return new TagForm(separator, false, List.of(), Map.of());
    }

    static TagForm columns(List<String> patterns) {
        return new TagForm("", false, patterns, Map.of());
    }

    boolean isOneByOne() {
        return separator.isEmpty() && !perRow && patterns.isEmpty();
    }

    boolean isOfColumns() {
        return !patterns.isEmpty();
    }
}
