package io.github.multilabel.cli.program;

import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.data.table.HeadColumn;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code brand} and {@code tags:multi=|}. Several are separated by commas, and a tag's separator may be one. */
final class HeadOption implements ITypeConverter<HeadColumn> {

    /** What {@code split} takes. */
    static final String COMMA = "(?<!:multi=),";

    private static final String WORD = "multi";
    private static final Pattern NAMED = Pattern.compile("(.+):(\\w+)=(.*)");
    private static final Pattern MULTI = Pattern.compile("(.+):multi(?:=(.*))?");

    @Override
    public HeadColumn convert(String text) {
        Matcher multi = MULTI.matcher(text);
        Matcher other = NAMED.matcher(text);
        if (!multi.matches()
                && other.matches()
                && !NearMatches.question(other.group(2), List.of(WORD)).isEmpty()) {
            throw new TypeConversionException("'" + text + "' has '" + other.group(2) + "' for multi; did you mean '"
                    + other.group(1) + ":multi=" + other.group(3) + "'?");
        }
        try {
            if (!multi.matches()) {
                return HeadColumn.singleLabel(text);
            }
            return HeadColumn.multiLabel(multi.group(1), multi.group(2) == null ? "" : multi.group(2));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    e.getMessage() + "; write COLUMN, or COLUMN:multi=SEPARATOR such as 'tags:multi=|'");
        }
    }
}
