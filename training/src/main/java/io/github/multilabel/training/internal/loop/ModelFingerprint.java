package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.model.network.NetworkBlock;
import io.github.multilabel.model.network.ParameterSpec;
import io.github.multilabel.training.internal.settings.Checksum;
import io.github.multilabel.training.internal.settings.Fingerprint;
import java.util.List;
import java.util.Map;

/** What a made model has of its own, beside its settings. */
final class ModelFingerprint {

    /** The key of the names and shapes of all weights. */
    static final String WEIGHTS = "backbone";

    private ModelFingerprint() {}

    /**
     * Describes a model before its training, so that only parameters are frozen that the user froze.
     *
     * @param weights of the model, by name
     */
    static Fingerprint of(MultiHeadBlock block, Map<String, NDArray> weights) {
        return Fingerprint.nothing()
                .compared(WEIGHTS, weights.size() + " arrays, " + shapes(weights), "names and shapes of the weights")
                .compared(
                        "stochastic depth",
                        block.backbone() instanceof NetworkBlock network
                                ? network.stochasticDepth()
                                : "of the backbone's own")
                .compared("frozen parameters", frozen(block));
    }

    private static Checksum shapes(Map<String, NDArray> weights) {
        Checksum sum = new Checksum();
        weights.forEach((name, array) -> sum.add(name + array.getShape()));
        return sum;
    }

    private static String frozen(MultiHeadBlock block) {
        List<String> frozen = block.parametersByName().entrySet().stream()
                .filter(parameter -> isFrozen(parameter.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (frozen.isEmpty()) {
            return "none";
        }
        Checksum sum = new Checksum();
        frozen.forEach(sum::add);
        return frozen.size() + " arrays, " + sum;
    }

    private static boolean isFrozen(Parameter parameter) {
        return ParameterSpec.isTrained(parameter.getType()) && !parameter.requiresGradient();
    }
}
