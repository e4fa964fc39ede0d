package io.github.multilabel.training.loss;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.MultiLabelDataset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often each category of a head occurs.
 *
 * @param head whose categories are counted
 * @param counts the images that have each category, in the order of the categories
 * @param labelled the images that have a label of the head
 */
record CategoryCounts(Head head, long[] counts, long labelled) {

    static CategoryCounts of(Head head, MultiLabelDataset data) {
        long[] counts = new long[head.size()];
        long labelled = 0;
        for (int i = 0; i < data.size(); i++) {
            if (!data.labels(i).isMissing(head.name())) {
                labelled++;
                data.labels(i).indices(head.name()).forEach(category -> counts[category]++);
            }
        }
        return new CategoryCounts(head, counts, labelled);
    }

    /** The number of categories that occur. */
    long occurring() {
        return Arrays.stream(counts).filter(count -> count > 0).count();
    }

    /** The categories that do not occur. */
    List<String> absent() {
        return IntStream.range(0, counts.length)
                .filter(category -> counts[category] == 0)
                .mapToObj(head::category)
                .toList();
    }
}
