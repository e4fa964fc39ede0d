package io.github.multilabel.data.table;

import io.github.multilabel.core.Head;
import io.github.multilabel.data.internal.text.LabelText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A head, and the categories of each row that it has.
 *
 * @param head with the categories that were given, or that the training rows have
 * @param categories for each row those that apply; null where the label is missing
 * @param unknown the labels of each row that are none of the head's categories, by row; rows without any are not there
 * @param folded how many categories became Other
 */
record HeadLabels(Head head, List<@Nullable List<String>> categories, Map<Integer, List<String>> unknown, int folded) {

    /** The category that rare ones are folded into. */
    static final String OTHER = "Other";

    /**
     * Finds the categories in the training rows, and gives every row its own.
     *
     * @param adds whether labels become categories that are none of the given ones
     * @throws IllegalArgumentException if no head comes of it; the message names the column
     */
    static HeadLabels of(HeadColumn column, ColumnCells cells, IntPredicate training, boolean adds) {
        Map<String, Integer> counts = cells.counts(training);
        Map<String, String> categoryOf = new HashMap<>(); // by cleaned label
        List<String> names = new ArrayList<>();
        if (column.categories().isPresent()) {
            List<String> given = column.categories().get();
            requireDifferent(column);
            given.forEach(name -> categoryOf.putIfAbsent(LabelText.clean(name), name));
            given.stream() // of a saved model's two, the one that is written so
                    .filter(name -> name.equals(LabelText.clean(name)))
                    .forEach(name -> categoryOf.put(name, name));
            names.addAll(given);
        }
        if (column.categories().isEmpty() || adds) {
            counts.keySet().stream()
                    .filter(name -> !categoryOf.containsKey(name))
                    .sorted(LabelText.ORDER)
                    .forEach(names::add);
            names.forEach(name -> categoryOf.putIfAbsent(name, name));
        }
        int folded = column.minFrequency() > 0 ? fold(column, counts, names, categoryOf) : 0;
        requireEnough(column, names, cells.counts(row -> true).keySet());
        return resolve(column, new Head(column.head(), names, column.kind()), cells, categoryOf, folded);
    }

    /** Labels are cleaned: of two names that are then the same, one could never have an image. */
    private static void requireDifferent(HeadColumn column) {
        Map<String, String> byCleaned = new HashMap<>();
        for (String name : column.isStrict() ? column.categories().orElse(List.of()) : List.<String>of()) {
            String first = byCleaned.putIfAbsent(LabelText.clean(name), name);
            if (first != null && !first.equals(name)) {
                throw new IllegalArgumentException("head '" + column.head() + "': the categories '" + first + "' and '"
                        + name + "' differ only in blanks at the ends or in letters that nobody sees, which labels"
                        + " lose; name each once");
            }
        }
    }

    /** Given categories stay, whatever their number of images. */
    private static int fold(
            HeadColumn column, Map<String, Integer> counts, List<String> names, Map<String, String> categoryOf) {
        Set<String> rare = new LinkedHashSet<>();
        if (column.categories().isEmpty()) {
            names.stream()
                    .filter(name -> counts.getOrDefault(name, 0) < column.minFrequency() && !name.equals(OTHER))
                    .forEach(rare::add);
        }
        names.removeAll(rare);
        rare.forEach(categoryOf::remove); // what has no category becomes Other
        if (column.categories().isEmpty()) {
            names.remove(OTHER);
        }
        if (!names.contains(OTHER) && (!rare.isEmpty() || counts.containsKey(OTHER) || column.isStrict())) {
            names.add(OTHER);
            categoryOf.put(OTHER, OTHER);
        }
        return rare.size();
    }

    /** @param all the labels of all rows, those that evaluate included */
    private static void requireEnough(HeadColumn column, List<String> names, Set<String> all) {
        String where = "head '" + column.head() + "', column '" + column.column() + "'";
        if (names.isEmpty()) {
            throw new IllegalArgumentException(where + ": no training row has a label; look at the column, at"
                    + " optMissingValues and at the split, or leave the head out");
        }
        if (names.size() == 1 && column.kind() == Head.Kind.SINGLE_LABEL) {
            throw new IllegalArgumentException(where + ": all labelled training rows have the same category '"
                    + names.get(0) + "'"
                    + (column.minFrequency() > 0
                            ? " (after folding, withMinFrequency(" + column.minFrequency() + "))"
                            : "")
                    + "; with one category there is nothing to learn, "
                    + all.stream()
                            .filter(label -> column.minFrequency() == 0 && !label.equals(names.get(0)))
                            .findFirst()
                            .map(other -> "and the rows that have others, such as '" + other
                                    + "', are in other parts of the split: give more rows, or split them otherwise")
                            .orElse("leave the head out"));
        }
    }

    private static HeadLabels resolve(
            HeadColumn column, Head head, ColumnCells cells, Map<String, String> categoryOf, int folded) {
        boolean other = column.minFrequency() > 0 && head.categories().contains(OTHER);
        Map<List<String>, List<String>> resolved = new HashMap<>(); // rows share what they have in common
        List<@Nullable List<String>> categories = new ArrayList<>(cells.labels().size());
        Map<Integer, List<String>> unknown = new LinkedHashMap<>();
        for (int row = 0; row < cells.labels().size(); row++) {
            List<String> labels = cells.labels().get(row);
            if (labels == null) {
                categories.add(null);
                continue;
            }
            List<String> strange = other
                    ? List.of()
                    : labels.stream()
                            .filter(label -> !categoryOf.containsKey(label))
                            .toList();
            if (!strange.isEmpty()) {
                unknown.put(row, strange);
            }
            boolean masked = head.kind() == Head.Kind.SINGLE_LABEL && !strange.isEmpty();
            categories.add(masked ? null : resolved.computeIfAbsent(labels, key -> known(key, categoryOf, other)));
        }
        return new HeadLabels(head, Collections.unmodifiableList(categories), unknown, folded);
    }

    /** Labels without a category are left out, or are Other where there is one. */
    private static List<String> known(List<String> labels, Map<String, String> categoryOf, boolean other) {
        return labels.stream()
                .filter(label -> other || categoryOf.containsKey(label))
                .map(label -> categoryOf.getOrDefault(label, OTHER))
                .distinct()
                .toList();
    }

    /** The number of rows with a label. */
    int labelled() {
        return (int) categories.stream().filter(row -> row != null).count();
    }
}
