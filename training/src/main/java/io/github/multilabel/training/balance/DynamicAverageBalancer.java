package io.github.multilabel.training.balance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.evaluation.loss.BatchLoss;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Weighs each head by how its loss fell from the epoch before the last to the last. */
final class DynamicAverageBalancer implements LossBalancer {

    private final int heads;
    private final double temperature;
    private final HeadValues weights;
    private final HeadValues last;
    private final HeadValues sums;
    private final HeadValues divisors;

    DynamicAverageBalancer(int heads, double temperature) {
        this.heads = heads;
        this.temperature = temperature;
        weights = new HeadValues("weight", heads, 1);
        last = new HeadValues("last_loss", heads, Double.NaN);
        sums = new HeadValues("loss_sum", heads, 0);
        divisors = new HeadValues("loss_divisor", heads, 0);
    }

    private List<HeadValues> all() {
        return List.of(weights, last, sums, divisors);
    }

    @Override
    public NDArray total(BatchLoss loss, Optional<NDArray> shared) {
        return BalancedSum.of(loss, weights.values());
    }

    @Override
    public void stepped(List<BatchLoss.Values> batches) {
        for (BatchLoss.Values batch : batches) {
            for (int h = 0; h < heads; h++) {
                sums.values()[h] += batch.losses()[h] * batch.divisors()[h];
                divisors.values()[h] += batch.divisors()[h];
            }
        }
    }

    @Override
    public void epochEnded() {
        double[] powers = new double[heads];
        for (int h = 0; h < heads; h++) {
            double now = sums.values()[h] / divisors.values()[h]; // NaN without labels
            double ratio = now / last.values()[h];
            // a loss that is not known in both epochs, or was 0, neither fell nor rose
            powers[h] = (Double.isFinite(ratio) ? ratio : 1) / temperature;
            last.values()[h] = now;
        }
        double greatest = Arrays.stream(powers).max().orElse(0);
        Arrays.setAll(powers, h -> Math.exp(powers[h] - greatest)); // none overflows, and the ratios are the same
        double total = Arrays.stream(powers).sum();
        for (int h = 0; h < heads; h++) {
            weights.values()[h] = heads * powers[h] / total;
        }
        Arrays.fill(sums.values(), 0);
        Arrays.fill(divisors.values(), 0);
    }

    @Override
    public List<Double> weights() {
        return Arrays.stream(weights.values()).boxed().toList();
    }

    @Override
    public Map<String, NDArray> state(NDManager manager) {
        Map<String, NDArray> state = new LinkedHashMap<>();
        all().forEach(values -> values.save(manager, state));
        return state;
    }

    @Override
    public void restore(Map<String, NDArray> saved) {
        all().forEach(values -> values.requireFit(saved));
        all().forEach(values -> values.restore(saved));
    }
}
