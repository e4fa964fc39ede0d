package io.github.multilabel.data.split;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.LabelCounts;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.data.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the categories that occur, but not in every part. */
final class AbsentCategories {

    private AbsentCategories() {}

    static List<Finding> of(List<String> parts, int[] partOfRow, List<Labels> labels) {
        List<Finding> gaps = new ArrayList<>();
        if (labels.isEmpty()) {
            return gaps;
        }
        List<List<Labels>> byPart = Stream.generate(() -> (List<Labels>) new ArrayList<Labels>())
                .limit(parts.size())
                .toList();
        for (int row = 0; row < partOfRow.length; row++) {
            byPart.get(partOfRow[row]).add(labels.get(row));
        }
        for (Head head : labels.get(0).heads()) {
            List<LabelCounts> counts =
                    byPart.stream().map(part -> LabelCounts.of(head, part)).toList();
            for (int category = 0; category < head.size(); category++) {
                describe(head, category, parts, counts, gaps);
            }
        }
        return gaps;
    }

    private static void describe(
            Head head, int category, List<String> parts, List<LabelCounts> counts, List<Finding> gaps) {
        List<String> inParts = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        long total = 0;
        for (int part = 0; part < parts.size(); part++) {
            long count = counts.get(part).of(category);
            total += count;
            if (count == 0) {
                absent.add(parts.get(part));
            } else {
                inParts.add(count + " in " + parts.get(part));
            }
        }
        if (total > 0 && !absent.isEmpty()) {
            gaps.add(Finding.warning(
                    Finding.Kind.CATEGORY_NOT_IN_EVERY_PART,
                    "head '" + head.name() + "': category '" + Excerpt.of(head.category(category)) + "' has " + total
                            + (total == 1 ? " row, " : " rows, ") + String.join(", ", inParts) + " and none in "
                            + String.join(", ", absent)));
        }
    }
}
