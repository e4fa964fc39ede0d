package io.github.multilabel.training.balance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.internal.programs.ArrayCopy;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.evaluation.loss.BatchLoss;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Learns the logarithm of a variance per head. */
final class UncertaintyBalancer implements LossBalancer {

    private static final String NAME = "balance.log_variance";

    private static final String TOTAL =
            """
            def forward(self, losses: Tensor, divisors: Tensor, s: Tensor, weights: Tensor) -> Tensor:
              each = torch.add(torch.mul(torch.exp(torch.neg(s)), losses), torch.div(s, 2))
              return torch.sum(torch.mul(torch.mul(each, torch.gt(divisors, 0)), weights))
            """;

    private final NDManager manager;
    private final TorchFunction program;
    private final NDArray logVariance;

    UncertaintyBalancer(NDManager parent, int heads) {
        manager = parent.newSubManager();
        program = TorchFunction.load(manager, TOTAL);
        logVariance = manager.zeros(new Shape(heads), DataType.FLOAT32);
        logVariance.setRequiresGradient(true);
    }

    @Override
    public NDArray total(BatchLoss loss, Optional<NDArray> shared) {
        NDManager step = loss.losses().getManager();
        return program.forward(step, loss.losses(), loss.perHead().get(1), logVariance, loss.weights())
                .singletonOrThrow();
    }

    @Override
    public List<Double> weights() {
        float[] s = logVariance.toFloatArray();
        return IntStream.range(0, s.length).mapToObj(h -> Math.exp(-s[h])).toList();
    }

    @Override
    public Map<String, NDArray> trained() {
        return Map.of(NAME, logVariance);
    }

    @Override
    public Map<String, NDArray> state(NDManager owner) {
        return Map.of(NAME, owner.create(logVariance.toFloatArray()));
    }

    @Override
    public void restore(Map<String, NDArray> saved) {
        NDArray array = saved.get(NAME);
        if (array == null || !array.getShape().equals(logVariance.getShape())) {
            throw new IllegalArgumentException("state '" + NAME + "' must have shape " + logVariance.getShape()
                    + ", got " + (array == null ? "nothing" : array.getShape()));
        }
        ArrayCopy.copy(manager, Map.of(NAME, logVariance), saved);
    }

    @Override
    public void close() {
        program.close();
        manager.close();
    }
}
