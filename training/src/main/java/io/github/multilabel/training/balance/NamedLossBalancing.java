package io.github.multilabel.training.balance;

import ai.djl.ndarray.NDManager;
import java.util.List;

/** A balance on offer. */
record NamedLossBalancing(String describe, LossBalancing kind) implements LossBalancing {

    @Override
    public LossBalancer start(NDManager manager, List<Double> headWeights) {
        return kind.start(manager, headWeights);
    }

    @Override
    public String toString() {
        return describe;
    }
}
