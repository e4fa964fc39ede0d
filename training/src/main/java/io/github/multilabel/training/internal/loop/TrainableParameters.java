package io.github.multilabel.training.internal.loop;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.model.network.ParameterSpec;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The trained parameters of a model while they are trained: arrays that share the memory of the model's own, but have
 * gradients of their own, which PyTorch keeps as long as its array. They go with the manager, and so do the gradients.
 * Only a backbone that is {@linkplain MultiHeadBlock#isBackboneBound bound} to the model's own arrays is trained with
 * these.
 */
final class TrainableParameters extends ParameterStore {

    private final Map<String, NDArray> byId = new HashMap<>();
    private final Map<String, NDArray> byName = new LinkedHashMap<>();
    private final Set<String> noWeightDecay = new HashSet<>();
    private final NDList runningStatistics = new NDList();

    /** Takes those that are not frozen now. */
    TrainableParameters(NDManager manager, MultiHeadBlock block) {
        super(manager, false);
        block.parametersByName().forEach((name, parameter) -> {
            if (!ParameterSpec.isTrained(parameter.getType())) {
                runningStatistics.add(parameter.getArray());
            } else if (parameter.requiresGradient()) {
                boolean bound = block.isBackboneBound() && name.startsWith("backbone.");
                NDArray shared = bound ? parameter.getArray() : detached(parameter, manager);
                shared.setRequiresGradient(true);
                byId.put(parameter.getId(), shared);
                byName.put(name, shared);
                if (!ParameterSpec.isDecayed(parameter.getType(), parameter.getShape())) {
                    noWeightDecay.add(name);
                }
            }
        });
    }

    private static NDArray detached(Parameter parameter, NDManager manager) {
        NDArray shared = parameter.getArray().stopGradient();
        shared.attach(manager);
        return shared;
    }

    /** By the names of {@link MultiHeadBlock#parametersByName}. */
    Map<String, NDArray> byName() {
        return Collections.unmodifiableMap(byName);
    }

    /** The names of those without weight decay. */
    Set<String> noWeightDecay() {
        return Collections.unmodifiableSet(noWeightDecay);
    }

    /** The model's own; those of a frozen batch norm do not change. */
    NDList runningStatistics() {
        return runningStatistics;
    }

    @Override
    public NDArray getValue(Parameter parameter, Device device, boolean training) {
        NDArray shared = parameter == null ? null : byId.get(parameter.getId());
        return shared == null ? super.getValue(parameter, device, training) : shared;
    }
}
