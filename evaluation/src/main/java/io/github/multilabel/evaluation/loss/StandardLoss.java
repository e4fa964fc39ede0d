package io.github.multilabel.evaluation.loss;

import ai.djl.ndarray.NDArray;
import io.github.multilabel.core.Head;
import io.github.multilabel.evaluation.internal.heads.Formula;
import io.github.multilabel.evaluation.internal.heads.FormulaLoss;
import io.github.multilabel.evaluation.internal.heads.GroupLoss;
import java.util.List;

/**
 * A loss of {@link Losses}. The trainer computes all heads of one formula in one native call, whatever their constants
 * and sizes. Immutable.
 */
final class StandardLoss implements HeadLoss, FormulaLoss {

    private final String name;
    private final List<Formula> formulas;
    private final List<Double> constants;

    /**
     * A loss.
     *
     * @param name for messages
     * @param formulas at most one for each kind of head
     * @param constants of the formulas
     */
    StandardLoss(String name, List<Formula> formulas, List<Double> constants) {
        this.name = name;
        this.formulas = List.copyOf(formulas);
        this.constants = List.copyOf(constants);
    }

    @Override
    public Formula formula(Head head) {
        return formula(head.kind(), "head '" + head.name() + "' is");
    }

    private Formula formula(Head.Kind kind, String what) {
        return formulas.stream()
                .filter(formula -> formula.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(what + " " + kind + ": " + name + " is for "
                        + formulas.get(0).kind() + " heads"));
    }

    @Override
    public List<Double> constants() {
        return constants;
    }

    @Override
    public NDArray loss(NDArray logits, NDArray labels) {
        Head.Kind kind = labels.getShape().dimension() == 1 ? Head.Kind.SINGLE_LABEL : Head.Kind.MULTI_LABEL;
        Formula formula = formula(kind, "a head with labels of shape " + labels.getShape() + " is");
        return GroupLoss.alone(formula, constants, logits, labels);
    }

    @Override
    public String describe() {
        return name;
    }

    /** Returns the name and the constants. */
    @Override
    public String toString() {
        return name;
    }
}
