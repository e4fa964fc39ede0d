package io.github.multilabel.cars;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.LabelCounts;
import io.github.multilabel.core.Labels;
import java.util.List;
import java.util.Locale;

/**
 * How many photos each category of each head has. {@link #toString} is a table to print. Immutable; threads may share
 * it.
 */
public final class CategoryCounts {

    private final HeadSet heads;
    private final List<Labels> labels;

    private CategoryCounts(HeadSet heads, List<Labels> labels) {
        this.heads = heads;
        this.labels = labels;
    }

    static CategoryCounts of(HeadSet heads, List<Labels> labels) {
        return new CategoryCounts(heads, List.copyOf(labels));
    }

    /** The number of photos, with labels or without. */
    public int photos() {
        return labels.size();
    }

    /**
     * The number of photos of a category.
     *
     * @throws IllegalArgumentException if there is no such head or category
     */
    public int count(String head, String category) {
        return (int) LabelCounts.of(heads.get(head), labels).of(heads.get(head).indexOf(category));
    }

    /**
     * The number of photos of which a head's label is missing.
     *
     * @throws IllegalArgumentException if there is no such head
     */
    public int missing(String head) {
        return photos() - (int) LabelCounts.of(heads.get(head), labels).labelled();
    }

    /** A line per head and category: the photos, and their share of the head's labelled photos in percent. */
    @Override
    public String toString() {
        int widest = heads.stream()
                .flatMap(head -> head.categories().stream())
                .mapToInt(String::length)
                .max()
                .orElse(0);
        String line = "  %-" + Math.max(widest, 12) + "s %8s %8s";
        StringBuilder table = new StringBuilder();
        for (Head head : heads) {
            LabelCounts counts = LabelCounts.of(head, labels);
            long labelled = counts.labelled();
            long missing = photos() - labelled;
            table.append(head.name()).append('\n').append(row(line, "", "photos", "percent"));
            for (int i = 0; i < head.size(); i++) {
                table.append(row(line, head.category(i), number(counts.of(i)), percent(counts.of(i), labelled)));
            }
            table.append(row(line, "all", number(labelled), percent(labelled, labelled)));
            if (missing > 0) {
                table.append(row(line, "no label", number(missing), ""));
            }
        }
        return table.toString();
    }

    private static String row(String line, String name, String photos, String percent) {
        return String.format(Locale.ROOT, line, name, photos, percent).stripTrailing() + "\n";
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String percent(long part, long whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f", 100.0 * part / whole);
    }
}
