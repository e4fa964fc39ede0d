package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;

/** The arrays of a model that change in a phase: what is not frozen, and with the backbone its running statistics. */
final class ChangingArrays {

    private ChangingArrays() {}

    /** Live arrays, in the order of the parameters. */
    static Map<String, NDArray> of(Map<String, Parameter> parameters) {
        boolean backbone = parameters.entrySet().stream()
                .anyMatch(each ->
                        each.getKey().startsWith("backbone.") && each.getValue().requiresGradient());
        Map<String, NDArray> changing = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> {
            if (backbone || parameter.requiresGradient()) {
                changing.put(name, parameter.getArray());
            }
        });
        return changing;
    }
}
