package io.github.multilabel.core.split;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.message.Excerpt;
import java.util.ArrayList;
import java.util.List;

/** Finds the categories that occur, but not in every part. */
final class CategoryGaps {

    private CategoryGaps() {}

    static List<SplitWarning> of(List<String> parts, int[] partOfRow, List<Labels> labels) {
        List<SplitWarning> gaps = new ArrayList<>();
        if (labels.isEmpty()) {
            return gaps;
        }
        for (Head head : labels.get(0).heads()) {
            int[][] counts = new int[head.size()][parts.size()];
            for (int row = 0; row < partOfRow.length; row++) {
                Labels known = labels.get(row);
                if (!known.isMissing(head.name())) {
                    for (int category : known.indices(head.name())) {
                        counts[category][partOfRow[row]]++;
                    }
                }
            }
            for (int category = 0; category < head.size(); category++) {
                describe(head, category, parts, counts[category], gaps);
            }
        }
        return gaps;
    }

    private static void describe(Head head, int category, List<String> parts, int[] counts, List<SplitWarning> gaps) {
        List<String> inParts = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        int total = 0;
        for (int part = 0; part < counts.length; part++) {
            total += counts[part];
            if (counts[part] == 0) {
                absent.add(parts.get(part));
            } else {
                inParts.add(counts[part] + " in " + parts.get(part));
            }
        }
        if (total > 0 && !absent.isEmpty()) {
            gaps.add(new SplitWarning(
                    SplitWarning.Kind.CATEGORY_NOT_IN_EVERY_PART,
                    head.name(),
                    head.category(category),
                    "head '" + head.name() + "': category '" + Excerpt.of(head.category(category)) + "' has " + total
                            + (total == 1 ? " row, " : " rows, ") + String.join(", ", inParts) + " and none in "
                            + String.join(", ", absent)));
        }
    }
}
