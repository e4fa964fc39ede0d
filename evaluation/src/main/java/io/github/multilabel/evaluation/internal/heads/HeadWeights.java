package io.github.multilabel.evaluation.internal.heads;

import io.github.multilabel.core.HeadSet;
import java.util.Map;

/** How much the loss of each head counts in the total. */
public final class HeadWeights {

    /** Of a head that is given none. */
    private static final double DEFAULT = 1;

    private HeadWeights() {}

    /**
     * The weight of each head, in the order of the heads.
     *
     * @param given by head name; a head without one counts 1
     */
    public static double[] inOrder(HeadSet heads, Map<String, Double> given) {
        return heads.names().stream()
                .mapToDouble(head -> given.getOrDefault(head, DEFAULT))
                .toArray();
    }
}
