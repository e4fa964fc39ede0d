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
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a column of a table has, to see whether it can be a head.
 *
 * @param name the column's name
 * @param rows the number of rows
 * @param missing of these, the cells that are empty
 * @param distinct the number of different values, empty cells not counted
 * @param examples the first few of them
 * @param images whether the values look like the files or addresses of images
 * @param tags a separator that cuts the cells into tags that recur, if one does; empty where cells have them one by one
 * @param missingWords the values that are usual words for nothing, such as {@code nan}
 * @param measures whether all values are numbers with fractions, or several numbers such as those of a box
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
        boolean measures,
        boolean split) {

    private static final String NUMBER = "[+-]?\\d+(?:[.,]\\d+)?(?:[eE][+-]?\\d+)?";
    private static final Pattern FRACTION = Pattern.compile("[+-]?\\d*[.,]\\d*[1-9]\\d*(?:[eE][+-]?\\d+)?");
    private static final Pattern ONE = Pattern.compile(NUMBER);
    private static final Pattern SEVERAL =
            Pattern.compile("[\\[({]?\\s*" + NUMBER + "(?:\\s*[,;|\\s]\\s*" + NUMBER + ")+\\s*[\\])}]?");

    private static final int SHOWN = 4;
    private static final int MOST_CATEGORIES = 300;

    /** Copies the lists. */
    public ColumnSummary {
        examples = List.copyOf(examples);
        missingWords = List.copyOf(missingWords);
    }

    static ColumnSummary of(String name, List<String> cells) {
        return of(name, cells, List.of());
    }

    /** @param lists the labels of cells that have them one by one */
    static ColumnSummary of(String name, List<String> cells, List<List<String>> lists) {
        boolean several = lists.stream().anyMatch(list -> list.size() != 1);
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
                several ? Optional.of("") : TagSeparator.of(counts.keySet()),
                counts.keySet().stream().filter(MissingWords::isOne).toList(),
                !several && areMeasures(counts.keySet()),
                !counts.isEmpty() && counts.keySet().stream().allMatch(PartName::isUsual));
    }

    /** @param cells the names of images that stand in the table themselves; may be empty */
    static ColumnSummary ofImages(String name, List<String> cells) {
        ColumnSummary names = of(name, cells);
        return new ColumnSummary(
                name,
                names.rows,
                names.missing,
                names.distinct,
                names.examples,
                true,
                Optional.empty(),
                List.of(),
                false,
                false);
    }

    /** What is measured is no category, even where it repeats. */
    private static boolean areMeasures(Set<String> values) {
        Set<Integer> widths =
                values.stream().map(value -> value.split("[,;|\\s]+").length).collect(Collectors.toSet());
        boolean numbers = values.stream().allMatch(value -> ONE.matcher(value).matches());
        boolean fractions =
                values.stream().anyMatch(value -> FRACTION.matcher(value).matches());
        boolean boxes = !numbers
                && widths.size() == 1
                && values.stream().allMatch(value -> SEVERAL.matcher(value).matches());
        return numbers && fractions || boxes && values.size() > 1;
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
                && !measures
                && !name.isEmpty()
                && (tags.isPresent() || distinct >= 2 && distinct <= MOST_CATEGORIES)
                && distinct * 2 <= rows - missing;
    }

    /** The head that it proposes, if it is like one. */
    public HeadColumn head() {
        return tags.map(separator ->
                        separator.isEmpty() ? HeadColumn.tags(name) : HeadColumn.multiLabel(name, separator))
                .orElseGet(() -> HeadColumn.singleLabel(name));
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
