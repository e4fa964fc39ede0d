package io.github.multilabel.data.internal.csv;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * What the user says of how a table is written.
 *
 * @param charset null to take what a byte order mark says, without one UTF-8
 * @param delimiter between the cells, or null to find it out
 * @param header whether the first line has the names of the columns
 */
public record TextFormat(@Nullable Charset charset, @Nullable Character delimiter, boolean header) {

    /** Nothing is said. */
    public static final TextFormat FOUND_OUT = new TextFormat(null, null, true);

    public TextFormat with(Charset given) {
        return new TextFormat(given, delimiter, header);
    }

    public TextFormat with(char given) {
        return new TextFormat(charset, given, header);
    }

    public TextFormat withoutHeader() {
        return new TextFormat(charset, delimiter, false);
    }
}
