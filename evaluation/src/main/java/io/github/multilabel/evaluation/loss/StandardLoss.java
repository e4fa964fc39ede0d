package io.github.multilabel.evaluation.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.evaluation.internal.heads.HeadGroup;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A loss that {@link Losses} offers. The trainer computes all heads of one formula in one native call, whatever their
 * constants and sizes. Immutable.
 */
public final class StandardLoss implements HeadLoss {

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

    /**
     * Checks that this loss is for such a head.
     *
     * @throws IllegalArgumentException if it is not
     */
    public void requireFit(Head head) {
        formula(head);
    }

    Formula formula(Head head) {
        return formulas.stream()
                .filter(formula -> formula.kind() == head.kind())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("head '" + head.name() + "' is " + head.kind() + ": "
                        + name + " is for " + formulas.get(0).kind() + " heads"));
    }

    List<Double> constants() {
        return constants;
    }

    /** Computes this loss by itself, as a part of a loss of one's own; the text is compiled anew in each call. */
    @Override
    public NDArray loss(NDArray logits, NDArray labels) {
        List<String> categories = IntStream.range(0, (int) logits.getShape().get(1))
                .mapToObj(Integer::toString)
                .toList();
        Head head = labels.getShape().dimension() == 1
                ? Head.singleLabel("alone", categories)
                : Head.multiLabel("alone", categories);
        try (NDManager manager = logits.getManager().newSubManager()) {
            HeadGroup group =
                    HeadGroup.byKind(manager, HeadSet.of(head), any -> true).get(0);
            try (GroupLoss loss = new GroupLoss(manager, group, formula(head), Map.of(head.name(), this), Map.of())) {
                return loss.of(logits.getManager(), new NDList(logits), new NDList(labels))
                        .get(0)
                        .reshape(new Shape());
            }
        }
    }

    @Override
    public String describe() {
        return name;
    }

    /** For people: the name and the constants. */
    @Override
    public String toString() {
        return name;
    }
}
