package io.github.multilabel.training.internal.loop;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelDataset;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The labels of one head that a data set has for images that can be used.
 *
 * @param head whose labels they are
 * @param labelled how many images have one
 * @param occurring the categories that occur
 * @param isConstant whether all of them are the same, so that there is nothing to learn
 */
record UsableLabels(Head head, int labelled, BitSet occurring, boolean isConstant) {

    /** Of each head, in order. */
    static List<UsableLabels> of(MultiLabelDataset data) {
        Set<Integer> leftOut = new HashSet<>(data.leftOut());
        int[] usable = IntStream.range(0, data.size())
                .filter(i -> !leftOut.contains(i))
                .toArray();
        return data.heads().stream().map(head -> of(head, data, usable)).toList();
    }

    private static UsableLabels of(Head head, MultiLabelDataset data, int... usable) {
        int labelled = 0;
        BitSet occurring = new BitSet(head.size());
        List<Integer> first = null;
        boolean constant = true;
        for (int i : usable) {
            Labels labels = data.labels(i);
            if (!labels.isMissing(head.name())) {
                List<Integer> categories = labels.indices(head.name());
                labelled++;
                categories.forEach(occurring::set);
                first = first == null ? categories : first;
                constant = constant && categories.equals(first);
            }
        }
        return new UsableLabels(head, labelled, occurring, constant);
    }

    /** The names of the categories that occur, or do not. */
    List<String> categories(boolean occur) {
        return IntStream.range(0, head.size())
                .filter(category -> occurring.get(category) == occur)
                .mapToObj(head::category)
                .toList();
    }
}
