package io.github.multilabel.cli.program;

import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.data.table.HeadColumn;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads {@code brand}, {@code tags:multi=|}, {@code tags:multi}, {@code tag:rows} and {@code tags:columns=red|blue}.
 * Several are separated by commas, and a tag's separator may be one.
 */
final class HeadOption implements ITypeConverter<HeadColumn> {

    /** All columns that look like labels. */
    static final String ALL = "*";

    /** What {@code split} takes; blanks around a comma are of no name. */
    static final String COMMA = "(?<!:multi=)\\s*,\\s*";

    private static final List<String> WORDS = List.of("multi", "rows", "columns");
    private static final Pattern FORM = Pattern.compile("(?s)(.+):(\\w+)(?:=(.*))?");
    private static final String FORMS = "; write COLUMN, or COLUMN:multi=SEPARATOR such as 'tags:multi=|',"
            + " COLUMN:rows where an image has a row for each tag, or HEAD:columns=NAME|NAME where each tag has a column";

    @Override
    public HeadColumn convert(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return converted(() -> HeadColumn.singleLabel(text));
        }
        String column = form.group(1);
        String word = form.group(2);
        String value = form.group(3);
        if (!WORDS.contains(word)) {
            List<String> near = WORDS.stream()
                    .filter(known -> !NearMatches.question(word, List.of(known)).isEmpty())
                    .toList();
            if (value != null && !near.isEmpty()) {
                throw new TypeConversionException("'" + text + "' has '" + word + "' for " + near.get(0)
                        + "; did you mean '" + column + ":" + near.get(0) + "=" + value + "'?");
            }
            return converted(() -> HeadColumn.singleLabel(text));
        }
        return switch (word) {
            case "multi" ->
                converted(() -> value == null ? HeadColumn.tags(column) : HeadColumn.multiLabel(column, value));
            case "rows" -> {
                if (value != null) {
                    throw new TypeConversionException("'" + text + "': rows takes no value" + FORMS);
                }
                yield converted(() -> HeadColumn.tagPerRow(column));
            }
            default ->
                converted(() ->
                        HeadColumn.tagPerColumn(column, value == null ? List.of() : List.of(value.split("\\|", -1))));
        };
    }

    private static HeadColumn converted(Supplier<HeadColumn> column) {
        try {
            return column.get();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage() + FORMS);
        }
    }
}
