package io.github.multilabel.data.table;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.internal.message.Given;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a column of a table becomes a {@link Head}. Immutable.
 *
 * <pre>{@code
 * HeadColumn.singleLabel("brand").withMinFrequency(20)
 * HeadColumn.multiLabel("image tags", "|").named("tags").withEmptyTags(EmptyTags.NONE)
 * }</pre>
 *
 * <p>Labels lose the blanks at their ends, and a cell of several tags its empty ones: {@code "a,,b, ,a"} is the set of
 * a and b. A cell that is empty, or one of the texts of {@link ImageTableBuilder#optMissingValues}, is a missing label.
 */
public final class HeadColumn {

    private final String column;
    private final String head;
    private final Head.Kind kind;
    private final String separator;
    private final Optional<List<String>> categories;
    private final boolean strict;
    private final int minFrequency;
    /** Empty if nobody has said what empty cells mean. */
    private final Optional<EmptyTags> emptyTags;

    private HeadColumn(
            String column,
            String head,
            Head.Kind kind,
            String separator,
            Optional<List<String>> categories,
            boolean strict,
            int minFrequency,
            Optional<EmptyTags> emptyTags) {
        this.column = column;
        this.head = head;
        this.kind = kind;
        this.separator = separator;
        this.categories = categories;
        this.strict = strict;
        this.minFrequency = minFrequency;
        this.emptyTags = emptyTags;
    }

    /** A column with one category in each cell. */
    public static HeadColumn singleLabel(String column) {
        requireColumn(column);
        return new HeadColumn(column, column, Head.Kind.SINGLE_LABEL, "", Optional.empty(), false, 0, Optional.empty());
    }

    /**
     * A column with any number of tags in each cell.
     *
     * @param separator between the tags, such as {@code "|"}; no pattern, but the text itself
     * @throws IllegalArgumentException if the separator is empty
     */
    public static HeadColumn multiLabel(String column, String separator) {
        requireColumn(column);
        if (Given.require(separator, "separator", "the text between the tags, e.g. \"|\"")
                .isEmpty()) {
            throw new IllegalArgumentException(
                    "column '" + column + "': the separator between tags is empty; e.g. \"|\" or \",\"");
        }
        return new HeadColumn(
                column, column, Head.Kind.MULTI_LABEL, separator, Optional.empty(), false, 0, Optional.empty());
    }

    private static void requireColumn(String column) {
        if (Given.require(column, "column", "the name of a column of the table").isBlank()) {
            throw new IllegalArgumentException("the name of a head's column is blank; name a column of the table");
        }
    }

    /** The same with a head that has another name than the column. */
    public HeadColumn named(String name) {
        Given.require(name, "name", "the name of the head");
        return new HeadColumn(column, name, kind, separator, categories, strict, minFrequency, emptyTags);
    }

    /**
     * The same with given categories, in this order, instead of those that are found. A label that is none of them is
     * an error, unless {@link ImageTableBuilder#optUnknownLabels} or {@link #withMinFrequency} says otherwise.
     */
    public HeadColumn withCategories(List<String> names) {
        Given.require(names, "names", "the names of the categories")
                .forEach(name -> Given.require(name, "names", "the names of the categories"));
        return new HeadColumn(
                column, head, kind, separator, Optional.of(List.copyOf(names)), true, minFrequency, emptyTags);
    }

    /** The same with given categories; see {@link #withCategories(List)}. */
    public HeadColumn withCategories(String... names) {
        return withCategories(Arrays.asList(Given.require(names, "names", "the names of the categories")));
    }

    /**
     * The same with rare categories folded into one, {@value HeadLabels#OTHER}, which comes last; so are then labels
     * that training has never seen.
     *
     * @param images a category with fewer than this number of training images is rare; 0 folds none
     * @throws IllegalArgumentException if it is negative
     */
    public HeadColumn withMinFrequency(int images) {
        if (images < 0) {
            throw new IllegalArgumentException(
                    "column '" + column + "': withMinFrequency(" + images + "): a number of images, at least 0");
        }
        return new HeadColumn(column, head, kind, separator, categories, strict, images, emptyTags);
    }

    /**
     * The same with the meaning of an empty cell of tags. By default it is {@link EmptyTags#UNKNOWN}, as in any other
     * column, and a warning is logged if there are such cells; with this option, {@link ImageTable#summary} only counts
     * them.
     */
    public HeadColumn withEmptyTags(EmptyTags meaning) {
        return new HeadColumn(
                column,
                head,
                kind,
                separator,
                categories,
                strict,
                minFrequency,
                Optional.of(Given.require(meaning, "meaning", "EmptyTags.NONE or EmptyTags.UNKNOWN")));
    }

    /** The same with the categories of a head that exists already; a label that is none of them is masked. */
    HeadColumn like(Head existing) {
        return new HeadColumn(
                column, head, kind, separator, Optional.of(existing.categories()), false, minFrequency, emptyTags);
    }

    /** The name of the column. */
    public String column() {
        return column;
    }

    /** The name of the head. */
    public String head() {
        return head;
    }

    /** Whether a cell has one category or any number of them. */
    public Head.Kind kind() {
        return kind;
    }

    String separator() {
        return separator;
    }

    /** The given categories; empty if they are to be found. */
    Optional<List<String>> categories() {
        return categories;
    }

    /**
     * Whether a label that is none of the given categories is an error unless the table is built with another policy.
     */
    boolean isStrict() {
        return strict;
    }

    int minFrequency() {
        return minFrequency;
    }

    EmptyTags emptyTags() {
        return emptyTags.orElse(EmptyTags.UNKNOWN);
    }

    /** Whether {@link #withEmptyTags} has said what an empty cell means. */
    boolean definesEmptyTags() {
        return emptyTags.isPresent();
    }
}
