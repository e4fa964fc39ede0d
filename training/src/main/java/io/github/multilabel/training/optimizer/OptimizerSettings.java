package io.github.multilabel.training.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.training.internal.optimizer.Optimizer;
import io.github.multilabel.training.internal.optimizer.UpdateRule;
import java.util.Map;
import java.util.Set;

/** Which optimizer, with which constants. Immutable; made by {@link Optimizers}. */
public final class OptimizerSettings {

    private final String description;
    private final double defaultLearningRate;
    private final UpdateRule rule;

    OptimizerSettings(String description, double defaultLearningRate, UpdateRule rule) {
        this.description = description;
        this.defaultLearningRate = defaultLearningRate;
        this.rule = rule;
    }

    /** The learning rate to use where none is named. */
    public double defaultLearningRate() {
        return defaultLearningRate;
    }

    /**
     * Starts a run over some parameters.
     *
     * @param manager its device holds the state, which is freed with it at the latest
     * @param parameters float32 arrays by name, all that may be trained at some time; shared, not copied
     * @return to be closed by the caller
     * @hidden
     */
    public Optimizer start(NDManager manager, Map<String, NDArray> parameters) {
        return start(manager, parameters, Map.of());
    }

    /**
     * Starts a run in which parameters have learning rates of their own. Those of one rate are one native call.
     *
     * @param rateFactors by name, what a parameter's rate is of that of the step, above 0; 1 where none is given
     * @return to be closed by the caller
     * @see #start(NDManager, Map)
     * @hidden
     */
    public Optimizer start(NDManager manager, Map<String, NDArray> parameters, Map<String, Double> rateFactors) {
        return start(manager, parameters, rateFactors, Set.of());
    }

    /**
     * Starts a run without weight decay for some parameters, beside those of one dimension, which never have it.
     *
     * @param noWeightDecay by name, such as the positions of a vision transformer
     * @return to be closed by the caller
     * @see #start(NDManager, Map, Map)
     * @hidden
     */
    public Optimizer start(
            NDManager manager,
            Map<String, NDArray> parameters,
            Map<String, Double> rateFactors,
            Set<String> noWeightDecay) {
        return new Optimizer(manager, parameters, rateFactors, noWeightDecay, rule);
    }

    /** The name and the constants; also the text by which a checkpoint knows the optimizer. */
    @Override
    public String toString() {
        return description;
    }
}
