package io.github.multilabel.training.balance;

import ai.djl.ndarray.NDManager;
import java.util.List;

/** A balance on offer. */
record NamedBalance(String describe, Balance kind) implements Balance {

    @Override
    public Balancing start(NDManager manager, List<Double> headWeights) {
        return kind.start(manager, headWeights);
    }
}
