package io.github.multilabel.training.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;

/** Which optimizer, with which constants; immutable. Made by {@link Optimizers}. */
public sealed interface OptimizerSettings permits Sgd, AdamW {

    /** The learning rate to use where none is named. */
    double defaultLearningRate();

    /**
     * Starts a run over some parameters.
     *
     * @param manager its device holds the state, which is closed with it at the latest
     * @param parameters float32 arrays by name, all that may be trained at some time; shared, not copied
     * @return to be closed by the caller
     */
    default Optimizer start(NDManager manager, Map<String, NDArray> parameters) {
        return new Optimizer(manager, parameters, this);
    }

    /** What is remembered per parameter, in the order of the slots of {@link #update}. */
    List<Slot> slots();

    /**
     * The method {@code update(self, p: List[Tensor], g: List[Tensor], s: List[Tensor], a: int, b: int, rate: float,
     * decay: bool) -> int} of a program text: changes parameters a to b (exclusive). Slot i of parameter j is
     * {@code s[i * len(p) + j]}; {@code (self).part(list, a, b)} is a part of a list.
     */
    String update();

    /**
     * Something remembered per parameter, zero at the start.
     *
     * @param name the prefix of its arrays' names in {@link Optimizer#state}
     * @param scalar whether it is one number, otherwise it has the parameter's shape
     */
    record Slot(String name, boolean scalar) {}

    /** Refuses a share outside [0, 1). */
    static void requireShare(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " " + value + " is outside [0, 1)");
        }
    }

    /** Refuses what is negative or not finite. */
    static void requireNotNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " " + value + " is not a finite number of at least 0");
        }
    }
}
