package io.github.multilabel.evaluation.internal.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.programs.ArrayCopy;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.evaluation.internal.counts.EvaluationCounts;
import io.github.multilabel.evaluation.internal.counts.HeadCounts;
import io.github.multilabel.evaluation.internal.heads.HeadGroup;
import io.github.multilabel.evaluation.internal.heads.HeadWeights;
import io.github.multilabel.evaluation.metrics.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Builds an {@link Evaluation} batch by batch. Only counts are kept: of categories on the device of the manager, of
 * confusions those that occurred, so that a head of ten thousand categories needs no hundred million of them. Not safe
 * for several threads.
 */
public final class EvaluationAccumulator implements AutoCloseable {

    /** Adds (images labelled for every head, those of them with every head predicted correctly). */
    private static final String EXACT =
            """
            def add(self, groups: List[Tensor], exact: Tensor) -> int:
              every = torch.all(torch.stack(groups), 0)
              both = torch.stack([every[0], torch.logical_and(every[0], every[1])])
              _0 = torch.add_(exact, torch.sum(both, [1]))
              return 0
            """;

    private static final String EXACT_COUNTS = "exact";
    /** Of earlier releases, whose first group had all single-label heads. */
    private static final String WHOLE_CONFUSION = prefix(0) + 2;

    private static final String LOSS_SUMS = "loss_sums";
    private static final String LOSS_DIVISORS = "loss_divisors";
    private static final String SAMPLES = "samples";

    private final HeadSet heads;
    private final HeadSet evaluated;
    private final double[] headWeights;
    private final NDManager manager;
    private final List<GroupCounts> groups = new ArrayList<>();
    private final List<PathCounts> hierarchies;
    private final TorchFunction exactProgram;
    private final NDArray exact;
    private final double[] lossSums;
    private final double[] lossDivisors;
    private long samples;

    /**
     * Starts with nothing.
     *
     * @param parent the counts live on its device and are closed with it at the latest
     * @param heads the heads of the model
     * @param headWeights the weight of each loss in the total by head name; 1 where none is given
     */
    public EvaluationAccumulator(NDManager parent, HeadSet heads, Map<String, Double> headWeights) {
        this(parent, heads, heads, headWeights);
    }

    /**
     * Starts with nothing, for a model whose tags are predicted from other probabilities than 0.5.
     *
     * @param limits the logits above which each tag is predicted, by the name of some multi-label heads
     */
    public EvaluationAccumulator(
            NDManager parent, HeadSet heads, Map<String, Double> headWeights, Map<String, float[]> limits) {
        this(parent, heads, heads, headWeights, limits);
    }

    /**
     * Starts with nothing, and leaves some heads out.
     *
     * @param evaluated the heads to evaluate; the others are passed over
     */
    public EvaluationAccumulator(NDManager parent, HeadSet heads, HeadSet evaluated, Map<String, Double> headWeights) {
        this(parent, heads, evaluated, headWeights, Map.of());
    }

    private EvaluationAccumulator(
            NDManager parent,
            HeadSet heads,
            HeadSet evaluated,
            Map<String, Double> headWeights,
            Map<String, float[]> limits) {
        this.heads = heads;
        this.evaluated = evaluated;
        this.headWeights = HeadWeights.inOrder(heads, headWeights);
        manager = parent.newSubManager();
        for (HeadGroup group :
                HeadGroup.byKind(manager, heads, head -> evaluated.names().contains(head.name()))) {
            groups.add(
                    group.kind() == Head.Kind.SINGLE_LABEL
                            ? new SingleLabelCounts(manager, group)
                            : new MultiLabelCounts(manager, group, limits));
        }
        hierarchies = evaluated.hierarchy().finest().stream()
                .map(finest -> new PathCounts(manager, heads, evaluated, finest))
                .toList();
        exactProgram = TorchFunction.load(manager, EXACT);
        exact = manager.zeros(new Shape(2), DataType.INT64);
        lossSums = new double[heads.size()];
        lossDivisors = new double[heads.size()];
    }

    /**
     * Adds the predictions for a batch; waits for the device only now and then. Logits that are NaN or infinite predict
     * nothing, see {@link io.github.multilabel.evaluation.metrics.HeadMetrics#nonFinite}.
     *
     * @param logits per head (N, K), in the order of the heads
     * @param labels per head as in {@link io.github.multilabel.core.MultiLabelBatch}
     */
    public void add(NDList logits, NDList labels) {
        try (NDManager step = manager.newSubManager()) {
            NDList matches = new NDList();
            for (GroupCounts group : groups) {
                matches.add(group.add(step, logits, labels));
            }
            exactProgram.run("add", matches, exact).close();
        }
        hierarchies.forEach(counts -> counts.add(logits, labels));
        samples += logits.get(0).getShape().get(0);
    }

    /**
     * Adds the losses of a batch.
     *
     * @param losses the mean loss of each head over its labels of the batch; ignored where the divisor is 0
     * @param divisors the summed weight of these labels
     */
    public void addLosses(double[] losses, double[] divisors) {
        for (int h = 0; h < lossSums.length; h++) {
            if (divisors[h] > 0) {
                lossSums[h] += losses[h] * divisors[h];
                lossDivisors[h] += divisors[h];
            }
        }
    }

    /**
     * All that was added so far, to continue from in another process.
     *
     * @param results will own those arrays that are made for this; the counts are live arrays, not to be closed
     * @return by name; see {@link #restore}
     */
    public Map<String, NDArray> state(NDManager results) {
        Map<String, NDArray> state = new LinkedHashMap<>();
        state.put(EXACT_COUNTS, exact);
        for (int g = 0; g < groups.size(); g++) {
            state.putAll(groups.get(g).state(prefix(g), results));
        }
        hierarchies.forEach(counts -> state.putAll(counts.state()));
        state.put(LOSS_SUMS, results.create(lossSums));
        state.put(LOSS_DIVISORS, results.create(lossDivisors));
        state.put(SAMPLES, results.create(new long[] {samples}));
        return state;
    }

    /** Takes over a state that {@link #state} gave for the same heads; copies the values. */
    public void restore(Map<String, NDArray> saved) {
        ArrayCopy.copy(manager, Map.of(EXACT_COUNTS, exact), saved);
        for (int g = 0; g < groups.size(); g++) {
            groups.get(g).restore(prefix(g), saved);
        }
        restoreWholeConfusion(saved);
        hierarchies.forEach(counts -> counts.restore(saved));
        System.arraycopy(saved(LOSS_SUMS, saved).toDoubleArray(), 0, lossSums, 0, lossSums.length);
        System.arraycopy(saved(LOSS_DIVISORS, saved).toDoubleArray(), 0, lossDivisors, 0, lossDivisors.length);
        samples = saved(SAMPLES, saved).getLong();
    }

    /** Adds a state that {@link #state} gave for the same heads and other images. */
    public void add(Map<String, NDArray> others) {
        exact.addi(saved(EXACT_COUNTS, others));
        for (int g = 0; g < groups.size(); g++) {
            groups.get(g).add(prefix(g), others);
        }
        hierarchies.forEach(counts -> counts.add(others));
        addTo(lossSums, saved(LOSS_SUMS, others).toDoubleArray());
        addTo(lossDivisors, saved(LOSS_DIVISORS, others).toDoubleArray());
        samples += saved(SAMPLES, others).getLong();
    }

    private static void addTo(double[] sums, double[] more) {
        Arrays.setAll(sums, i -> sums[i] + more[i]);
    }

    private static NDArray saved(String name, Map<String, NDArray> arrays) {
        return Objects.requireNonNull(arrays.get(name), name);
    }

    private void restoreWholeConfusion(Map<String, NDArray> saved) {
        NDArray matrices = saved.get(WHOLE_CONFUSION);
        if (matrices == null || !(groups.get(0) instanceof SingleLabelCounts)) {
            return;
        }
        Map<String, Long> starts = new LinkedHashMap<>();
        long start = 0;
        for (Head head : evaluated) {
            if (head.kind() == Head.Kind.SINGLE_LABEL) {
                starts.put(head.name(), start);
                start += (long) head.size() * head.size();
            }
        }
        for (GroupCounts group : groups) {
            if (group instanceof SingleLabelCounts single) {
                single.restoreWhole(matrices, starts);
            }
        }
    }

    private static String prefix(int group) {
        return "counts." + group + ".";
    }

    /** The evaluation of all that was added so far; waits for the device. */
    public Evaluation evaluation() {
        HeadCounts[] found = new HeadCounts[evaluated.size()];
        double total = Arrays.stream(lossDivisors).anyMatch(divisor -> divisor > 0) ? 0 : Double.NaN;
        for (GroupCounts group : groups) {
            GroupCounts.Snapshot counts = group.read();
            for (int i = 0; i < group.group().heads().size(); i++) {
                int h = group.group().position(i);
                double loss = lossSums[h] / lossDivisors[h]; // 0 / 0 is NaN: undefined
                found[evaluated.indexOf(heads.get(h).name())] = counts.counts(i, loss);
                total += lossDivisors[h] > 0 ? headWeights[h] * loss : 0;
            }
        }
        long[] matches = exact.toLongArray();
        return Evaluation.of(new EvaluationCounts(
                evaluated,
                List.of(found),
                total,
                samples,
                matches[0],
                matches[1],
                hierarchies.stream().flatMap(counts -> counts.read().stream()).toList()));
    }

    /** Frees the counts. */
    @Override
    public void close() {
        groups.forEach(GroupCounts::close);
        hierarchies.forEach(PathCounts::close);
        exactProgram.close();
        manager.close();
    }
}
