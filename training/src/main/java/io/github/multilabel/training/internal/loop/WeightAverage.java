package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.github.multilabel.core.internal.programs.ArrayCopy;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.core.torch.internal.EngineLock;
import io.github.multilabel.model.MultiHeadBlock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The exponential moving average of a model's weights and running statistics (Polyak and Juditsky 1992). After step t,
 * from 0, it keeps the fraction {@code min(decay, (1 + t) / (10 + t))} of itself, as TensorFlow's
 * {@code ExponentialMovingAverage} does, so that the first weights are soon forgotten. Without a decay it does nothing.
 */
final class WeightAverage implements AutoCloseable {

    private static final String TEXT =
            """
            def move(self, average: List[Tensor], weights: List[Tensor], fraction: float) -> int:
              torch._foreach_lerp_(average, weights, fraction)
              return 0
            def swap(self, a: List[Tensor], b: List[Tensor]) -> int:
              for i in range(torch.len(a)):
                kept = torch.clone(a[i])
                _0 = torch.copy_(a[i], b[i])
                _1 = torch.copy_(b[i], kept)
              return 0
            """;

    private final NDManager manager;
    private final Map<String, Parameter> parameters;
    private final OptionalDouble decay;
    private final Map<String, NDArray> averages = new LinkedHashMap<>();
    private final TorchFunction program;
    /** Of the current phase, averages and what they follow. */
    private NDList following = new NDList();

    private NDList followed = new NDList();
    private long steps;
    private boolean shown;

    /** @param decay in (0, 1); empty for no average */
    WeightAverage(NDManager parent, MultiHeadBlock block, OptionalDouble decay) {
        this.decay = decay;
        manager = parent.newSubManager();
        parameters = block.parametersByName();
        program = TorchFunction.load(manager, TEXT);
        if (decay.isPresent()) {
            parameters.forEach((name, parameter) -> {
                NDArray average = parameter.getArray().duplicate();
                average.attach(manager);
                averages.put(name, average);
            });
        }
    }

    /** Follows what is not frozen from now on, and running statistics if they may change. */
    void begin() {
        following = new NDList();
        followed = new NDList();
        ChangingArrays.of(parameters).forEach((name, array) -> {
            NDArray average = averages.get(name);
            if (average != null) {
                following.add(average);
                followed.add(array);
            }
        });
    }

    /** After each step of the optimizer. */
    void step() {
        if (decay.isPresent()) {
            double kept = Math.min(decay.getAsDouble(), (1.0 + steps) / (10.0 + steps));
            program.run("move", following, followed, 1 - kept).close();
            steps++;
        }
    }

    /** Gives the model the averages. */
    void show() {
        swapIf(!shown);
    }

    /** Gives the model the weights that are trained. */
    void hide() {
        swapIf(shown);
    }

    /** Whether the model has the averages now. */
    boolean isShown() {
        return shown;
    }

    private void swapIf(boolean needed) {
        if (needed && decay.isPresent()) {
            NDList weights = new NDList();
            parameters.values().forEach(parameter -> weights.add(parameter.getArray()));
            try (EngineLock turn = EngineLock.take()) { // another thread may copy the model
                program.run(
                                "swap",
                                weights,
                                new NDList(averages.values().stream().toList()))
                        .close();
            }
            shown = !shown;
        }
    }

    /** The averages by the names of {@link MultiHeadBlock#parametersByName} while they are hidden; live arrays. */
    Map<String, NDArray> averages() {
        return Collections.unmodifiableMap(averages);
    }

    /** How many steps it has followed. */
    long steps() {
        return steps;
    }

    /** Goes on from saved {@link #averages}, copied, and {@link #steps}. */
    void restore(Map<String, NDArray> saved, long steps) {
        ArrayCopy.copy(manager, averages, saved);
        this.steps = steps;
    }

    @Override
    public void close() {
        program.close();
        manager.close();
    }
}
