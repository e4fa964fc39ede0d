package io.github.multilabel.data;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.LabelCounts;
import io.github.multilabel.core.Labels;
import java.util.Arrays;
import java.util.List;

/**
 * Weights that make the categories of heads equally frequent.
 *
 * @param names of the heads
 */
record BalancedWeights(List<String> names) implements SamplingWeights {

    @Override
    public double[] of(HeadSet heads, List<Sample> samples) {
        List<Labels> labels = samples.stream().map(Sample::labels).toList();
        double[] product = new double[samples.size()];
        Arrays.fill(product, 1);
        for (String name : names) {
            double[] weights = of(heads.get(name), labels);
            for (int i = 0; i < product.length; i++) {
                product[i] *= weights[i];
            }
        }
        return product;
    }

    @Override
    public String describe() {
        return "balanced by " + String.join(", ", names);
    }

    /** The weights by one head; their mean is 1. */
    private static double[] of(Head head, List<Labels> labels) {
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
