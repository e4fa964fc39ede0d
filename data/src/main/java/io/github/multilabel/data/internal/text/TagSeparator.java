package io.github.multilabel.data.internal.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds what separates the tags in the cells of a column. */
public final class TagSeparator {

    private static final List<String> CANDIDATES = List.of("|", ";", ",");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+([.,]\\d*)?");

    private TagSeparator() {}

    /** The separator that cuts the values into parts that recur in several of them, if one does. */
    public static Optional<String> of(Collection<String> values) {
        return CANDIDATES.stream()
                .filter(separator -> isTags(values, separator))
                .findFirst();
    }

    private static boolean isTags(Collection<String> values, String separator) {
        Map<String, Integer> valuesOfPart = new HashMap<>();
        Set<Integer> widths = new HashSet<>();
        boolean numbers = true;
        boolean cuts = false;
        for (String value : values) {
            List<String> parts = Arrays.stream(value.split(Pattern.quote(separator)))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .distinct()
                    .toList();
            cuts |= value.contains(separator);
            widths.add(value.split(Pattern.quote(separator), -1).length);
            numbers &= parts.stream().allMatch(part -> NUMBER.matcher(part).matches());
            parts.forEach(part -> valuesOfPart.merge(part, 1, Integer::sum));
        }
        // 16,50 is a price, and 0;3;7;5 a box
        boolean measures = numbers && (separator.equals(",") || widths.size() == 1);
        boolean recur = valuesOfPart.values().stream().anyMatch(count -> count > 1);
        // commas are in sentences too
        int most = separator.equals(",") ? values.size() - 1 : values.size();
        return cuts && !measures && recur && valuesOfPart.size() <= most;
    }
}
