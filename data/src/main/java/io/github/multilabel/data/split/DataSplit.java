package io.github.multilabel.data.split;

import io.github.multilabel.core.Labels;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which part each row of a table belongs to: train, validation, test, or a fold. Every row is in exactly one part.
 *
 * <pre>{@code
 * DataSplit split = DataSplit.builder()
 *         .setLabels(samples.stream().map(Sample::labels).toList())
 *         .addPart(Split.TRAIN, 0.8)
 *         .addPart(Split.VALIDATION, 0.1)
 *         .addPart(Split.TEST, 0.1)
 *         .build();
 * List<Sample> train = split.select(Split.TRAIN, samples);
 * }</pre>
 *
 * <p>For cross validation:
 *
 * <pre>{@code
 * DataSplit folds = DataSplit.builder().setLabels(labels).optFolds(5).build();
 * for (String fold : folds.parts()) {
 *     List<Sample> train = folds.selectOthers(fold, samples);
 *     List<Sample> validation = folds.select(fold, samples);
 * }
 * }</pre>
 *
 * <p>Immutable. Keep it with {@link SplitFile}: a row more in the table gives another split.
 */
public final class DataSplit {

    private final List<String> parts;
    private final int[] partOfRow;
    private final List<Finding> warnings;

    DataSplit(List<String> parts, int[] partOfRow, List<Finding> warnings) {
        this.parts = List.copyOf(parts);
        this.partOfRow = partOfRow;
        this.warnings = List.copyOf(warnings);
    }

    /** Starts to describe how rows are to be split. */
    public static SplitBuilder builder() {
        return new SplitBuilder();
    }

    /**
     * The split that a column of the table gives.
     *
     * @param partOfRow for each row the name of its part; the parts come in the order of their first rows
     * @throws IllegalArgumentException if there are no rows, or a name is null or blank
     */
    public static DataSplit byName(List<String> partOfRow) {
        if (partOfRow.isEmpty()) {
            throw new IllegalArgumentException("there are no rows to split");
        }
        Set<String> seen = new LinkedHashSet<>();
        for (int row = 0; row < partOfRow.size(); row++) {
            String part = partOfRow.get(row);
            if (part == null || part.isBlank()) {
                throw new IllegalArgumentException("row " + row + " (counted from 0) names no part, but '" + part
                        + "'; every row needs one, such as train, or leave the row out");
            }
            seen.add(part);
        }
        List<String> parts = List.copyOf(seen);
        return new DataSplit(parts, partOfRow.stream().mapToInt(parts::indexOf).toArray(), List.of());
    }

    /** The names of the parts in order. */
    public List<String> parts() {
        return parts;
    }

    /** The number of rows of all parts together. */
    public int size() {
        return partOfRow.length;
    }

    /**
     * The part of a row.
     *
     * @param row in [0, size)
     */
    public String part(int row) {
        return parts.get(partOfRow[row]);
    }

    /**
     * The rows of a part, ascending.
     *
     * @throws IllegalArgumentException if there is no such part; the message names those that are near
     */
    public List<Integer> rows(String part) {
        int asked = indexOf(part);
        return IntStream.range(0, size())
                .filter(row -> partOfRow[row] == asked)
                .boxed()
                .toList();
    }

    /**
     * Those of some rows that belong to a part, in order.
     *
     * @param rows as many as were split, in the same order
     * @throws IllegalArgumentException if there is no such part, or the number of rows differs
     */
    public <T> List<T> select(String part, List<T> rows) {
        return select(indexOf(part), true, rows);
    }

    /** The same for a usual part. */
    public <T> List<T> select(Split part, List<T> rows) {
        return select(part.part(), rows);
    }

    /** Those of some rows that belong to any other part, in order: the training rows of a fold. */
    public <T> List<T> selectOthers(String part, List<T> rows) {
        return select(indexOf(part), false, rows);
    }

    private <T> List<T> select(int asked, boolean inside, List<T> rows) {
        requireSize(rows.size());
        List<T> selected = new ArrayList<>();
        for (int row = 0; row < partOfRow.length; row++) {
            if (partOfRow[row] == asked == inside) {
                selected.add(rows.get(row));
            }
        }
        return Collections.unmodifiableList(selected);
    }

    /** What the one who asked for this split should know; also logged when it was drawn. Empty if all is well. */
    public List<Finding> warnings() {
        return warnings;
    }

    /**
     * Looks for categories that do not occur in every part, whatever the split comes from. In {@link #warnings} already
     * if it was drawn here.
     *
     * @param labels of the rows, in the same order
     * @throws IllegalArgumentException if there are more or fewer than rows
     */
    public List<Finding> check(List<Labels> labels) {
        requireSize(labels.size());
        return AbsentCategories.of(parts, partOfRow, labels);
    }

    private void requireSize(int given) {
        if (given != size()) {
            throw new IllegalArgumentException(
                    "the split has " + size() + " rows, got " + given + "; pass the list that was split");
        }
    }

    private int indexOf(String part) {
        int index = part == null ? -1 : parts.indexOf(part);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "no part '" + part + "'; " + NearMatches.thereAre(String.valueOf(part), parts));
        }
        return index;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DataSplit split
                && parts.equals(split.parts)
                && Arrays.equals(partOfRow, split.partOfRow);
    }

    @Override
    public int hashCode() {
        return 31 * parts.hashCode() + Arrays.hashCode(partOfRow);
    }

    /** The parts with their numbers of rows, for example {@code "train 80, validation 20"}. */
    @Override
    public String toString() {
        return String.join(
                ", ",
                parts.stream()
                        .map(part -> Excerpt.of(part) + " " + rows(part).size())
                        .toList());
    }
}
