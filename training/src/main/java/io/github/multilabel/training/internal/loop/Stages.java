package io.github.multilabel.training.internal.loop;

import ai.djl.nn.Parameter;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.model.network.NetworkBlock;
import io.github.multilabel.training.schedule.Phase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The parts of a backbone, from the image to the features. */
final class Stages {

    /** What a block that is no {@link NetworkBlock} consists of. */
    private static final String WHOLE = "backbone";

    private Stages() {}

    /** The parameters of each stage that has some, in order, running statistics included. */
    static Map<String, List<Parameter>> of(MultiHeadBlock block) {
        return block.backbone() instanceof NetworkBlock network
                ? network.parametersByStage()
                : Map.of(WHOLE, block.backbone().getParameters().values());
    }

    /**
     * What the learning rate of each parameter of the backbone is of that of the heads, by the names of
     * {@link MultiHeadBlock#parametersByName}.
     */
    static Map<String, Double> rateFactors(MultiHeadBlock block, Phase phase) {
        Map<Parameter, Double> factors = new HashMap<>();
        double factor = phase.backboneLearningRateFactor().orElse(1.0);
        List<List<Parameter>> lastFirst = new ArrayList<>(of(block).values());
        Collections.reverse(lastFirst);
        for (List<Parameter> stage : lastFirst) {
            for (Parameter parameter : stage) {
                factors.put(parameter, factor);
            }
            factor *= phase.layerDecay().orElse(1.0);
        }
        Map<String, Double> byName = new HashMap<>();
        block.parametersByName().forEach((name, parameter) -> {
            if (factors.containsKey(parameter)) {
                byName.put(name, factors.get(parameter));
            }
        });
        return byName;
    }
}
