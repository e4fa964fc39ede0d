package io.github.multilabel.evaluation.internal.heads;

import io.github.multilabel.core.Head;
import java.util.List;

/** A loss that is one of the formulas with constants of its own, so that many heads are computed in one native call. */
public interface FormulaLoss {

    /**
     * The formula for the kind of a head.
     *
     * @throws IllegalArgumentException if this loss is not for such a head
     */
    Formula formula(Head head);

    /**
     * Checks that this loss is for such a head.
     *
     * @throws IllegalArgumentException if it is not
     */
    default void requireFit(Head head) {
        formula(head);
    }

    /** The constants of the formula, the same for every kind of head. */
    List<Double> constants();
}
