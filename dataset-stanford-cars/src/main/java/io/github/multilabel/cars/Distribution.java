package io.github.multilabel.cars;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import java.util.List;
import java.util.Locale;

/** How many photos each category of each head has. {@link #toString} is a table to print. */
public final class Distribution {

    private final HeadSet heads;
    private final List<Labels> labels;

    private Distribution(HeadSet heads, List<Labels> labels) {
        this.heads = heads;
        this.labels = labels;
    }

    static Distribution of(HeadSet heads, List<Labels> labels) {
        return new Distribution(heads, List.copyOf(labels));
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
        return counts(heads.get(head))[heads.get(head).indexOf(category)];
    }

    /**
     * The number of photos of which a head's label is missing.
     *
     * @throws IllegalArgumentException if there is no such head
     */
    public int missing(String head) {
        return (int) labels.stream().filter(label -> label.isMissing(head)).count();
    }

    private int[] counts(Head head) {
        int[] counts = new int[head.size()];
        for (Labels label : labels) {
            if (!label.isMissing(head.name())) {
                counts[label.index(head.name())]++;
            }
        }
        return counts;
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
            int[] counts = counts(head);
            int missing = missing(head.name());
            int labelled = photos() - missing;
            table.append(head.name()).append('\n').append(row(line, "", "photos", "percent"));
            for (int i = 0; i < head.size(); i++) {
                table.append(row(line, head.category(i), number(counts[i]), percent(counts[i], labelled)));
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

    private static String number(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String percent(int part, int whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f", 100.0 * part / whole);
    }
}
