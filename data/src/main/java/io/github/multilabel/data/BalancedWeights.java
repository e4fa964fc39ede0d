package io.github.multilabel.data;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.LabelCounts;
import io.github.multilabel.core.Labels;
import java.util.Arrays;
import java.util.List;

/** Weights of samples that make the categories of one head equally frequent; their mean is 1. */
final class BalancedWeights {

    private BalancedWeights() {}

    static double[] of(Head head, List<Labels> labels) {
        LabelCounts counts = LabelCounts.of(head, labels);
        double[] weights = labels.stream()
                .mapToDouble(known -> categories(head.name(), known).stream()
                        .mapToDouble(category -> 1.0 / counts.of(category))
                        .max()
                        .orElse(0))
                .toArray();
        double mean =
                Arrays.stream(weights).filter(weight -> weight > 0).average().orElse(1);
        return Arrays.stream(weights)
                .map(weight -> weight == 0 ? 1 : weight / mean)
                .toArray();
    }

    private static List<Integer> categories(String head, Labels labels) {
        return labels.isMissing(head) ? List.of() : labels.indices(head);
    }
}
