package io.github.multilabel.core.internal.files;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tags of an image in one cell of a table, with a separator between them that no tag has. A cell with nothing but
 * the separator says that there are none, because an empty one would say that nothing is known.
 */
public final class TagCell {

    private static final List<String> SEPARATORS = List.of("|", ";", ",", "/", "\t", "\n");

    private TagCell() {}

    /** The first of the usual ones that no tag has. */
    public static String separator(Collection<String> allTags) {
        return Stream.concat(SEPARATORS.stream(), Stream.of("\0"))
                .filter(separator -> allTags.stream().noneMatch(tag -> tag.contains(separator)))
                .findFirst()
                .orElse("\0");
    }

    /** The text of a cell. */
    public static String of(Collection<String> allTags, Collection<String> tags) {
        String separator = separator(allTags);
        return tags.isEmpty() ? separator : String.join(separator, tags);
    }

    /** The tags in a cell, without blanks at their ends; none if it has only the separator. */
    public static List<String> tags(Collection<String> allTags, String cell) {
        return Arrays.stream(cell.split(Pattern.quote(separator(allTags))))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .toList();
    }
}
