package io.github.multilabel.data.split;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Labelled rows for tests. */
final class Rows {

    static final HeadSet TAGS = HeadSet.of(Head.multiLabel("tags", "a", "b", "c"));
    static final HeadSet CARS = HeadSet.of(
            Head.singleLabel("brand", "Audi", "BMW", "Fiat", "Opel"),
            Head.singleLabel("year", "old", "new"),
            Head.multiLabel("tags", names("tag ", 6)));

    private Rows() {}

    static List<String> names(String start, int count) {
        return IntStream.range(0, count).mapToObj(i -> start + i).toList();
    }

    /** Rows of one multi-label head; the tags of a row are separated by blanks, "?" is a missing label. */
    static List<Labels> tags(String... rows) {
        List<Labels> labels = new ArrayList<>();
        for (String row : rows) {
            Labels.Builder builder = Labels.builder(TAGS);
            if (!row.equals("?")) {
                builder.set("tags", row.isEmpty() ? List.of() : List.of(row.split(" ")));
            }
            labels.add(builder.build());
        }
        return labels;
    }

    /** Rows in which every kind of label occurs: skewed, correlated, rare, missing, empty. */
    static List<Labels> cars(int count, long seed) {
        Random random = new Random(seed);
        List<Labels> labels = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            Labels.Builder builder = Labels.builder(CARS);
            int brand = (int) (4 * Math.pow(random.nextDouble(), 2));
            if (random.nextInt(10) > 0) {
                builder.setIndex("brand", brand);
            }
            if (random.nextInt(3) > 0) {
                builder.setIndex("year", random.nextInt(4) < brand ? 1 : 0);
            }
            if (random.nextInt(2) > 0) {
                List<String> tags = new ArrayList<>();
                for (int tag = 0; tag < 6; tag++) {
                    if (random.nextDouble() < Math.pow(0.5, tag + 1)) {
                        tags.add("tag " + tag);
                    }
                }
                builder.set("tags", tags);
            }
            labels.add(builder.build());
        }
        return labels;
    }

    /** How many rows of a part have a category. */
    static long count(DataSplit split, String part, List<Labels> labels, String head, String category) {
        return split.select(part, labels).stream()
                .filter(row -> row.categories(head).contains(category))
                .count();
    }

    static List<Labels> same(int count) {
        return Collections.nCopies(count, tags("a").get(0));
    }
}
