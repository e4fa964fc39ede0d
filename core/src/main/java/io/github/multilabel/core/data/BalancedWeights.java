package io.github.multilabel.core.data;

import io.github.multilabel.core.Labels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Weights of samples that make the categories of one head equally frequent; their mean is 1. */
final class BalancedWeights {

    private BalancedWeights() {}

    static double[] of(String head, List<Labels> labels) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (Labels known : labels) {
            categories(head, known).forEach(category -> counts.merge(category, 1, Integer::sum));
        }
        double[] weights = labels.stream()
                .mapToDouble(known -> categories(head, known).stream()
                        .mapToDouble(category -> 1.0 / counts.get(category))
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
