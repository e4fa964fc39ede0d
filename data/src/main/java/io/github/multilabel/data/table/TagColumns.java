package io.github.multilabel.data.table;

import io.github.multilabel.core.internal.message.NearMatches;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the columns that are tags. */
final class TagColumns {

    private TagColumns() {}

    /**
     * The tag of each column that patterns name: what {@code *} stands for, or the name of the column.
     *
     * @param there the columns of the table
     * @param taken those that mean something else, which no {@code *} stands for
     * @throws IllegalArgumentException if a pattern names none, or two columns are the same tag
     */
    static Map<String, String> of(String head, List<String> patterns, List<String> there, Set<String> taken) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String pattern : patterns) {
            int before = tags.size();
            if (pattern.indexOf('*') < 0) {
                tags.put(pattern, pattern); // reading the table says if there is none
                continue;
            }
            Pattern name = Pattern.compile("\\Q" + pattern.replaceFirst("\\*", "\\\\E(.+)\\\\Q") + "\\E");
            for (String column : there) {
                Matcher found = name.matcher(column);
                if (!taken.contains(column) && !tags.containsKey(column) && found.matches()) {
                    tags.put(column, found.group(1));
                }
            }
            if (tags.size() == before) {
                throw new IllegalArgumentException("head '" + head + "': no column is named '" + pattern + "'; "
                        + NearMatches.thereAre(pattern.replace("*", ""), there));
            }
        }
        Map<String, String> columnOf = new LinkedHashMap<>();
        tags.forEach((column, tag) -> {
            String other = columnOf.putIfAbsent(tag, column);
            if (other != null) {
                throw new IllegalArgumentException("head '" + head + "': the columns '" + other + "' and '" + column
                        + "' are both the tag '" + tag + "'; name one of them");
            }
        });
        return tags;
    }
}
