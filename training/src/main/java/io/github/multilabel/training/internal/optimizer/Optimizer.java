package io.github.multilabel.training.internal.optimizer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.core.internal.programs.ArrayCopy;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.core.torch.TorchValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One run of an optimizer: its state, and the step that it makes over all parameters in one native call. A gradient
 * that is not finite changes nothing; in any case the gradients are zero after a step. Not safe for several threads.
 */
public final class Optimizer implements AutoCloseable {

    /**
     * DJL clears gradients by subtracting them from themselves, which keeps NaN; {@code _foreach_zero_} does not. The
     * clipping is that of PyTorch's {@code clip_grad_norm_}. A part of a list is made element by element: TorchScript
     * takes what {@code torch.slice} of a list gives for fresh tensors, and drops the update of them as dead code.
     */
    private static final String STEP =
            """
            def part(self, all: List[Tensor], a: int, b: int) -> List[Tensor]:
              r = annotate(List[Tensor], [])
              for i in range(torch.sub(b, a)):
                _0 = torch.append(r, all[torch.add(a, i)])
              return r
            def step(self, p: List[Tensor], g: List[Tensor], s: List[Tensor], ends: Tensor, decays: Tensor, factors: Tensor, rate: float, limit: float, scale: float) -> float:
              if torch.ne(scale, 1.):
                torch._foreach_mul_(g, torch.div(1., scale))
              norm = float(torch.linalg_vector_norm(torch.stack(torch._foreach_norm(g, 2))))
              if torch.isfinite(norm):
                if torch.gt(norm, limit):
                  torch._foreach_mul_(g, torch.div(limit, torch.add(norm, 1.0e-06)))
                for i in range(torch.sub(torch.size(ends, 0), 1)):
                  a = int(torch.select(ends, 0, i))
                  b = int(torch.select(ends, 0, torch.add(i, 1)))
                  r = torch.mul(rate, float(torch.select(factors, 0, i)))
                  _0 = (self).update(p, g, s, a, b, r, bool(torch.select(decays, 0, i)))
              torch._foreach_zero_(g)
              return norm
            def clear(self, g: List[Tensor]) -> int:
              torch._foreach_zero_(g)
              return 0
            """;

    private final NDManager manager;
    private final List<UpdateRule.Slot> slots;
    private final List<Trained> parameters = new ArrayList<>();
    private final TorchFunction program;
    /** The program reads the groups number by number, which would wait for another device each time. */
    private final NDManager onHost;

    private final NDList groups = new NDList();
    private List<Trained> grouped = List.of();

    /** A parameter and what is remembered of it, one array per slot. */
    private record Trained(String name, NDArray array, NDList state, double factor, boolean isDecayed) {}

    public Optimizer(
            NDManager parent,
            Map<String, NDArray> arrays,
            Map<String, Double> factors,
            Set<String> noWeightDecay,
            UpdateRule rule) {
        manager = parent.newSubManager();
        onHost = manager.newSubManager(Device.cpu());
        slots = rule.slots();
        arrays.forEach((name, array) -> {
            NDList state = new NDList();
            for (UpdateRule.Slot slot : slots) {
                NDArray zeros = slot.scalar() ? manager.zeros(new Shape(), DataType.FLOAT32) : array.zerosLike();
                zeros.attach(manager);
                state.add(zeros);
            }
            boolean decayed = array.getShape().dimension() > 1 && !noWeightDecay.contains(name);
            parameters.add(new Trained(name, array, state, factors.getOrDefault(name, 1.0), decayed));
        });
        // each group, of one rate and either decayed or not, is one slice of the lists
        parameters.sort(
                Comparator.comparing(Trained::factor).reversed().thenComparing(parameter -> !parameter.isDecayed()));
        program = TorchFunction.load(manager, rule.text() + STEP);
    }

    /**
     * Changes all parameters that require a gradient, and zeroes their gradients.
     *
     * @param learningRate at least 0; that of a parameter is this times its factor
     * @param gradientLimit gradients are scaled down to this norm over all of them; infinity for no limit
     * @return the norm of the gradient before clipping; if it is not finite, parameters and state are as they were
     * @throws IllegalStateException if no parameter requires a gradient
     */
    public double step(double learningRate, double gradientLimit) {
        return step(learningRate, gradientLimit, 1);
    }

    /**
     * The same of gradients that come from a loss that was multiplied by a number, such as for float16. They are
     * divided by it first, in float32.
     *
     * @param lossScale finite and above 0; a power of 2 loses no digit
     * @return the norm of the gradient, without the scale, before clipping; if it is not finite, parameters and state
     *     are as they were
     * @see #step(double, double)
     */
    public double step(double learningRate, double gradientLimit, double lossScale) {
        List<Trained> active =
                parameters.stream().filter(p -> p.array().hasGradient()).toList();
        if (active.isEmpty()) {
            throw new IllegalStateException("none of the " + parameters.size() + " parameters requires a gradient;"
                    + " is the whole model frozen?");
        }
        if (!active.equals(grouped)) {
            group(active);
        }
        NDList weights = new NDList();
        NDList state = new NDList();
        active.forEach(parameter -> weights.add(parameter.array()));
        for (int slot = 0; slot < slots.size(); slot++) {
            for (Trained parameter : active) {
                state.add(parameter.state().get(slot));
            }
        }
        NDList gradients = new NDList();
        try {
            active.forEach(parameter -> gradients.add(parameter.array().getGradient()));
            try (TorchValue norm = program.run(
                    "step",
                    weights,
                    gradients,
                    state,
                    groups.get(0),
                    groups.get(1),
                    groups.get(2),
                    learningRate,
                    gradientLimit,
                    lossScale)) {
                return norm.toDouble();
            }
        } finally {
            gradients.forEach(NDArray::close); // handles only
        }
    }

    /** Zeroes the gradients of all parameters that require one, also those that are not finite. */
    public void clearGradients() {
        NDList gradients = new NDList();
        try {
            parameters.stream()
                    .filter(parameter -> parameter.array().hasGradient())
                    .forEach(parameter -> gradients.add(parameter.array().getGradient()));
            if (!gradients.isEmpty()) {
                program.run("clear", gradients).close();
            }
        } finally {
            gradients.forEach(NDArray::close); // handles only
        }
    }

    /** Finds the groups: where they begin and end, whether they are decayed, and the factors of their rates. */
    private void group(List<Trained> active) {
        List<Integer> begins = new ArrayList<>();
        for (int i = 0; i < active.size(); i++) {
            if (i == 0
                    || active.get(i).isDecayed() != active.get(i - 1).isDecayed()
                    || active.get(i).factor() != active.get(i - 1).factor()) {
                begins.add(i);
            }
        }
        int[] ends = new int[begins.size() + 1];
        boolean[] decays = new boolean[begins.size()];
        double[] factors = new double[begins.size()];
        for (int i = 0; i < begins.size(); i++) {
            ends[i] = begins.get(i);
            decays[i] = active.get(ends[i]).isDecayed();
            factors[i] = active.get(ends[i]).factor();
        }
        ends[begins.size()] = active.size();
        groups.forEach(NDArray::close);
        groups.clear();
        groups.add(onHost.create(ends));
        groups.add(onHost.create(decays));
        groups.add(onHost.create(factors));
        grouped = active;
    }

    /** What is remembered, by names such as {@code momentum.layer1.0.conv1.weight}; live arrays, not to be closed. */
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>();
        for (Trained parameter : parameters) {
            for (int slot = 0; slot < slots.size(); slot++) {
                state.put(
                        slots.get(slot).name() + "." + parameter.name(),
                        parameter.state().get(slot));
            }
        }
        return Collections.unmodifiableMap(state);
    }

    /**
     * Takes over a state that {@link #state} gave earlier, of the same settings and parameters; copies the values.
     *
     * @throws IllegalArgumentException if a name or a shape does not fit; nothing is changed then
     */
    public void restore(Map<String, NDArray> saved) {
        Map<String, NDArray> mine = state();
        for (String name : saved.keySet()) {
            if (!mine.containsKey(name)) {
                throw new IllegalArgumentException(
                        "optimizer state '" + name + "' is unknown; " + NearMatches.thereAre(name, mine.keySet()));
            }
        }
        mine.forEach((name, array) -> {
            NDArray source = saved.get(name);
            if (source == null || !source.getShape().equals(array.getShape())) {
                throw new IllegalArgumentException("optimizer state '" + name + "' must have shape " + array.getShape()
                        + ", got " + (source == null ? "nothing" : source.getShape()));
            }
        });
        ArrayCopy.copy(manager, mine, saved);
    }

    /** Frees the state. */
    @Override
    public void close() {
        program.close();
        manager.close();
    }
}
