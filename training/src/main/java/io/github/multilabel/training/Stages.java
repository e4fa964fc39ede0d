package io.github.multilabel.training;

import ai.djl.nn.Parameter;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.model.network.NetworkBlock;
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
}
