package io.github.multilabel.data.table;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.internal.message.Given;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a column of a table becomes a {@link Head}. Immutable.
 *
 * <pre>{@code
 * HeadColumn.singleLabel("brand").withMinFrequency(20)
 * HeadColumn.multiLabel("image tags", "|").named("tags").withEmptyTags(EmptyTags.NONE)
 * HeadColumn.tagPerRow("tag").named("tags")
 * HeadColumn.tagPerColumn("tags", "tag_*")
 * }</pre>
 *
 * <p>Labels lose the blanks at their ends, and a cell of several tags its empty ones: {@code "a,,b, ,a"} is the set of
 * a and b. A cell that is empty, or one of the texts of {@link ImageTableBuilder#optMissingValues}, is a missing label.
 */
public final class HeadColumn {

    private final String column;
    private final String head;
    private final Head.Kind kind;
    private final TagForm form;
    private final Optional<List<String>> categories;
    private final boolean strict;
    private final int minFrequency;
    /** Empty if nobody has said what empty cells mean. */
    private final Optional<EmptyTags> emptyTags;

    private HeadColumn(
            String column,
            String head,
            Head.Kind kind,
            TagForm form,
            Optional<List<String>> categories,
            boolean strict,
            int minFrequency,
            Optional<EmptyTags> emptyTags) {
        this.column = column;
        this.head = head;
        this.kind = kind;
        this.form = form;
        this.categories = categories;
        this.strict = strict;
        this.minFrequency = minFrequency;
        this.emptyTags = emptyTags;
    }

    /** A column with one category in each cell. */
    public static HeadColumn singleLabel(String column) {
        requireColumn(column);
        return new HeadColumn(
                column, column, Head.Kind.SINGLE_LABEL, TagForm.ONE, Optional.empty(), false, 0, Optional.empty());
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
        return multiLabel(column, TagForm.cut(separator));
    }

    /**
     * A column whose cells have their tags one by one, as a list in JSON or from code does; a cell that is a text is
     * one tag.
     */
    public static HeadColumn tags(String column) {
        requireColumn(column);
        return multiLabel(column, TagForm.ONE);
    }

    /**
     * A column with one tag in each cell, of a table in which an image has a row for each of its tags: the rows of an
     * image become one. In the other columns that are read, its rows must say the same, or nothing.
     */
    public static HeadColumn tagPerRow(String column) {
        requireColumn(column);
        return multiLabel(column, TagForm.PER_ROW);
    }

    /**
     * A head of tags each of which has its own column, with 1 or 0, 1 or -1, true or false, yes or no in its cells.
     * Where one of these cells is empty, see {@link #withEmptyTags}: the label of the image is missing as a whole, or
     * an empty cell means that the tag is absent.
     *
     * @param head the name of the head
     * @param columns names of columns, which are the tags; with a {@code *} in one, such as {@code "tag_*"}, all
     *     columns that are named so, the split, the images and other heads excepted: the tag is what {@code *} stands
     *     for
     */
    public static HeadColumn tagPerColumn(String head, List<String> columns) {
        Given.require(head, "head", "the name of the head");
        if (Given.require(columns, "columns", "the names of columns, e.g. \"tag_*\"")
                        .isEmpty()
                || columns.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "head '" + head + "': the name of a column is missing; name them, such as red and blue, or tag_*");
        }
        return new HeadColumn(
                String.join("|", columns),
                head,
                Head.Kind.MULTI_LABEL,
                TagForm.columns(List.copyOf(columns)),
                Optional.empty(),
                false,
                0,
                Optional.empty());
    }

    /** A head of tags each of which has its own column; see {@link #tagPerColumn(String, List)}. */
    public static HeadColumn tagPerColumn(String head, String... columns) {
        return tagPerColumn(
                head, Arrays.asList(Given.require(columns, "columns", "the names of columns, e.g. \"tag_*\"")));
    }

    private static HeadColumn multiLabel(String column, TagForm form) {
        return new HeadColumn(
                column, column, Head.Kind.MULTI_LABEL, form, Optional.empty(), false, 0, Optional.empty());
    }

    private static void requireColumn(String column) {
        if (Given.require(column, "column", "the name of a column of the table").isBlank()) {
            throw new IllegalArgumentException("the name of a head's column is blank; name a column of the table");
        }
    }

    /** The same with a head that has another name than the column. */
    public HeadColumn named(String name) {
        Given.require(name, "name", "the name of the head");
        return new HeadColumn(column, name, kind, form, categories, strict, minFrequency, emptyTags);
    }

    /**
     * The same with given categories, in this order, instead of those that are found. A label that is none of them is
     * an error, unless {@link ImageTableBuilder#optUnknownLabels} or {@link #withMinFrequency} says otherwise.
     */
    public HeadColumn withCategories(List<String> names) {
        Given.require(names, "names", "the names of the categories")
                .forEach(name -> Given.require(name, "names", "the names of the categories"));
        return new HeadColumn(column, head, kind, form, Optional.of(List.copyOf(names)), true, minFrequency, emptyTags);
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
        return new HeadColumn(column, head, kind, form, categories, strict, images, emptyTags);
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
                form,
                categories,
                strict,
                minFrequency,
                Optional.of(Given.require(meaning, "meaning", "EmptyTags.NONE or EmptyTags.UNKNOWN")));
    }

    /** The same with the categories of a head that exists already; a label that is none of them is masked. */
    HeadColumn like(Head existing) {
        return new HeadColumn(
                column, head, kind, form, Optional.of(existing.categories()), false, minFrequency, emptyTags);
    }

    /** The same with the columns that it is read from. */
    HeadColumn among(List<String> there, Set<String> taken) {
        if (!form.isOfColumns()) {
            return this;
        }
        TagForm found = new TagForm("", false, form.patterns(), TagColumns.of(head, form.patterns(), there, taken));
        return new HeadColumn(column, head, kind, found, categories, strict, minFrequency, emptyTags);
    }

    /** The columns that it is read from. */
    Collection<String> columns() {
        return form.isOfColumns() ? form.columns().keySet() : List.of(column);
    }

    TagForm form() {
        return form;
    }

    /** The name of the column; of several, their names or patterns with {@code |} between them. */
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
        return form.separator();
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
