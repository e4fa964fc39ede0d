package io.github.multilabel.data.table;

import io.github.multilabel.data.internal.images.ImageNames;
import io.github.multilabel.data.internal.text.LabelText;
import io.github.multilabel.data.internal.text.MissingWords;
import io.github.multilabel.data.internal.text.TagSeparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a column of a table has, to see whether it can be a head.
 *
 * @param name the column's name
 * @param rows the number of rows
 * @param missing of these, the cells that are empty
 * @param distinct the number of different values, empty cells not counted
 * @param examples the first few of them
 * @param images whether the values look like the files or addresses of images
 * @param tags a separator that cuts the cells into tags that recur, if one does
 * @param missingWords the values that are usual words for nothing, such as {@code nan}
 * @param split whether all values are usual words for the parts of a split
 */
public record ColumnSummary(
        String name,
        int rows,
        int missing,
        int distinct,
        List<String> examples,
        boolean images,
        Optional<String> tags,
        List<String> missingWords,
        boolean split) {

    private static final int SHOWN = 4;
    private static final int MOST_CATEGORIES = 300;

    /** Copies the lists. */
    public ColumnSummary {
        examples = List.copyOf(examples);
        missingWords = List.copyOf(missingWords);
    }

    static ColumnSummary of(String name, List<String> cells) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        cells.stream()
                .map(LabelText::clean)
                .filter(cell -> !cell.isEmpty())
                .forEach(cell -> counts.merge(cell, 1, Integer::sum));
        int known = counts.values().stream().mapToInt(Integer::intValue).sum();
        return new ColumnSummary(
                name,
                cells.size(),
                cells.size() - known,
                counts.size(),
                counts.keySet().stream().limit(SHOWN).toList(),
                areImages(counts.keySet()),
                TagSeparator.of(counts.keySet()),
                counts.keySet().stream().filter(MissingWords::isOne).toList(),
                !counts.isEmpty() && counts.keySet().stream().allMatch(PartName::isUsual));
    }

    /** Whether most of the different values look like the files or addresses of images. */
    static boolean isOfImages(List<String> cells) {
        return areImages(new HashSet<>(cells));
    }

    private static boolean areImages(Set<String> values) {
        long images = values.stream().filter(ImageNames::isImage).count();
        long filled = values.stream().filter(value -> !value.isBlank()).count();
        return images * 2 > filled;
    }

    /**
     * Whether it can be a head: it has 2 to {@value #MOST_CATEGORIES} values, and each for two rows or more on average.
     */
    public boolean isHeadLike() {
        return !images
                && !split
                && !name.isEmpty()
                && (tags.isPresent() || distinct >= 2 && distinct <= MOST_CATEGORIES)
                && distinct * 2 <= rows - missing;
    }

    /**
     * Whether its values can be groups that a split must keep together, such as the cars of several photos each: they
     * repeat, and are too many to be the categories of a head.
     */
    public boolean isGroupLike() {
        int filled = rows - missing;
        return !images
                && !split
                && !name.isEmpty()
                && tags.isEmpty()
                && distinct < filled
                && (distinct > MOST_CATEGORIES || distinct * 2 > filled)
                && distinct * 4 <= filled * 3;
    }
}
