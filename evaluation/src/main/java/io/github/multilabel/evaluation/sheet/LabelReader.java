package io.github.multilabel.evaluation.sheet;

import ai.djl.ndarray.NDArray;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelBatch;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The labels of one head in a batch, on the heap.
 *
 * @param rows the categories of an image; empty if its label is missing
 */
record LabelReader(Head head, IntFunction<Optional<Set<String>>> rows) {

    static LabelReader of(Head head, MultiLabelBatch batch) {
        NDArray label = batch.label(head.name());
        return new LabelReader(
                head,
                head.kind() == Head.Kind.SINGLE_LABEL
                        ? single(head, label.toLongArray())
                        : multi(head, label.toFloatArray()));
    }

    private static IntFunction<Optional<Set<String>>> single(Head head, long[] labels) {
        return i ->
                labels[i] == Labels.MISSING ? Optional.empty() : Optional.of(Set.of(head.category((int) labels[i])));
    }

    private static IntFunction<Optional<Set<String>>> multi(Head head, float[] labels) {
        return i -> labels[i * head.size()] == Labels.MISSING
                ? Optional.empty()
                : Optional.of(IntStream.range(0, head.size())
                        .filter(k -> labels[i * head.size() + k] == 1)
                        .mapToObj(head::category)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    Optional<Set<String>> of(int i) {
        return rows.apply(i);
    }
}
