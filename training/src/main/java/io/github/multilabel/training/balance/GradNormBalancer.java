package io.github.multilabel.training.balance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.evaluation.loss.BatchLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Moves the weights towards gradients of the wanted norms at the last shared layer. */
final class GradNormBalancer implements LossBalancer {

    private static final double LEAST = 1e-3;

    /** The norm of each loss's gradient; the graph stays for the backward pass. */
    private static final String NORMS =
            """
            def forward(self, losses: Tensor, shared: List[Tensor]) -> Tensor:
              norms = annotate(List[Tensor], [])
              for h in range(torch.size(losses, 0)):
                gradient = torch.grad([torch.select(losses, 0, h)], shared, None, True, False, True)[0]
                if torch.__is__(gradient, None):
                  norm = torch.to(torch.zeros_like(torch.select(losses, 0, h)), 6)
                else:
                  norm = torch.to(torch.linalg_vector_norm(unchecked_cast(Tensor, gradient)), 6)
                _0 = torch.append(norms, norm)
              return torch.stack(norms)
            """;

    private final NDManager manager;
    private final TorchFunction program;
    private final List<Double> headWeights;
    private final double alpha;
    private final double rate;
    private final HeadValues weights;
    private final HeadValues first;
    /** Of each batch of the step that had a shared layer. */
    private final List<double[]> norms = new ArrayList<>();

    GradNormBalancer(NDManager parent, List<Double> headWeights, double alpha, double rate) {
        this.headWeights = List.copyOf(headWeights);
        this.alpha = alpha;
        this.rate = rate;
        manager = parent.newSubManager();
        program = TorchFunction.load(manager, NORMS);
        weights = new HeadValues("weight", headWeights.size(), 1);
        first = new HeadValues("first_loss", headWeights.size(), Double.NaN);
    }

    @Override
    public void begin() {
        norms.clear();
    }

    @Override
    public NDArray total(BatchLoss loss, Optional<NDArray> shared) {
        shared.ifPresent(layer -> {
            float[] found = program.forward(loss.losses().getManager(), loss.losses(), new NDList(layer))
                    .singletonOrThrow()
                    .toFloatArray();
            norms.add(IntStream.range(0, found.length)
                    .mapToDouble(h -> headWeights.get(h) * found[h])
                    .toArray());
        });
        return BalancedSum.of(loss, weights.values());
    }

    @Override
    public void stepped(List<BatchLoss.Values> batches) {
        double[] ratios = new double[headWeights.size()];
        double[] lengths = new double[headWeights.size()];
        for (int h = 0; h < ratios.length; h++) {
            int head = h;
            double divisor = batches.stream()
                    .mapToDouble(batch -> batch.divisors()[head])
                    .sum();
            double loss =
                    mean(batches, head, divisor, batch -> batches.get(batch).losses()[head]);
            if (Double.isNaN(first.values()[h]) && headWeights.get(h) > 0) {
                first.values()[h] = loss; // NaN still if the step has no label
            }
            double ratio = loss / first.values()[h];
            ratios[h] =
                    ratio >= 0 && ratio < Double.POSITIVE_INFINITY ? ratio : Double.NaN; // below 0 there is no power
            if (norms.size() == batches.size()) {
                lengths[h] = mean(batches, head, divisor, batch -> norms.get(batch)[head]);
            }
        }
        if (norms.size() == batches.size()) {
            move(ratios, lengths);
        }
    }

    private static double mean(List<BatchLoss.Values> batches, int head, double divisor, IntToDoubleFunction ofBatch) {
        return IntStream.range(0, batches.size())
                        .mapToDouble(batch -> batches.get(batch).divisors()[head] * ofBatch.applyAsDouble(batch))
                        .sum()
                / divisor;
    }

    /** @param ratios of the first losses, NaN for a head that the batch says nothing of */
    private void move(double[] ratios, double... lengths) {
        double[] w = weights.values();
        double meanRatio = known(ratios, ratios).average().orElse(Double.NaN);
        double meanNorm = known(
                        ratios,
                        IntStream.range(0, w.length)
                                .mapToDouble(h -> w[h] * lengths[h])
                                .toArray())
                .average()
                .orElse(Double.NaN);
        if (!(meanRatio > 0 && meanNorm > 0)) {
            return;
        }
        for (int h = 0; h < w.length; h++) {
            if (!Double.isNaN(ratios[h])) {
                double wanted = meanNorm * Math.pow(ratios[h] / meanRatio, alpha);
                w[h] = Math.max(LEAST, w[h] - rate * Math.signum(w[h] * lengths[h] - wanted) * lengths[h] / meanNorm);
            }
        }
        double total = Arrays.stream(w).sum();
        for (int h = 0; h < w.length; h++) {
            w[h] *= w.length / total;
        }
    }

    private static DoubleStream known(double[] ratios, double... values) {
        return IntStream.range(0, values.length)
                .filter(h -> !Double.isNaN(ratios[h]))
                .mapToDouble(h -> values[h]);
    }

    @Override
    public List<Double> weights() {
        return Arrays.stream(weights.values()).boxed().toList();
    }

    @Override
    public Map<String, NDArray> state(NDManager owner) {
        Map<String, NDArray> state = new LinkedHashMap<>();
        weights.save(owner, state);
        first.save(owner, state);
        return state;
    }

    @Override
    public void restore(Map<String, NDArray> saved) {
        List<HeadValues> all = List.of(weights, first);
        all.forEach(values -> values.requireFit(saved));
        all.forEach(values -> values.restore(saved));
    }

    @Override
    public void close() {
        program.close();
        manager.close();
    }
}
