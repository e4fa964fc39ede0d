package io.github.multilabel.cli.program;

import io.github.multilabel.data.table.ColumnSummary;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the columns of a table look like: the answer to a command that names no head.
 *
 * @param table its name
 */
record TableColumns(String table, List<ColumnSummary> columns) {

    /** A line for each column, then the options that they propose. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "no --head is given. %s has these columns:%n%n%-24s %7s %7s  %s%n",
                table,
                "column",
                "values",
                "missing",
                "examples"));
        for (ColumnSummary column : columns) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-24s %,7d %,7d  %s%n",
                    column.name(),
                    column.distinct(),
                    column.missing(),
                    String.join(", ", column.examples())));
        }
        List<ColumnSummary> proposed =
                columns.stream().filter(ColumnSummary::isHeadLike).toList();
        text.append(
                proposed.isEmpty()
                        ? "\nnone looks like a head: none has 2 to 300 values that repeat"
                        : "\nthese look like heads: " + proposals(proposed)
                                + (proposed.size() == 1 ? "" : "; --head '*' takes all of them"));
        propose(text, ColumnSummary::split, "this one says train or validation", "--split-column");
        propose(
                text,
                ColumnSummary::isGroupLike,
                "rows with the same value here may belong together",
                "--group-column");
        List<String> words = columns.stream()
                .filter(ColumnSummary::isHeadLike)
                .flatMap(column -> column.missingWords().stream())
                .distinct()
                .toList();
        if (!words.isEmpty()) {
            text.append("\nthese look like words for a missing label: ")
                    .append(String.join(" ", words))
                    .append(": --usual-na-values");
        }
        return text.toString();
    }

    /** The options that take columns as heads. */
    static String proposals(List<ColumnSummary> columns) {
        return columns.stream()
                .map(column -> "--head '" + quoted(column.name())
                        + column.tags()
                                .map(separator -> separator.isEmpty() ? ":multi" : ":multi=" + separator)
                                .orElse("")
                        + "'")
                .collect(Collectors.joining(" "));
    }

    /** A comma would end the name. */
    private static String quoted(String column) {
        return column.contains(",") ? '"' + column + '"' : column;
    }

    private void propose(StringBuilder text, Predicate<ColumnSummary> fits, String why, String option) {
        columns.stream()
                .filter(fits)
                .forEach(
                        column -> text.append(String.format(Locale.ROOT, "%n%s: %s '%s'", why, option, column.name())));
    }
}
