package io.github.multilabel.training.internal.optimizer;

import java.util.List;

/**
 * How an optimizer changes parameters.
 *
 * @param slots what is remembered per parameter
 * @param text the method {@code update(self, p: List[Tensor], g: List[Tensor], s: List[Tensor], a: int, b: int, rate:
 *     float, decay: bool) -> int} of a program text: changes the parameters from a to b (exclusive) by their gradients.
 *     Slot i of parameter j is {@code s[i * len(p) + j]}; {@code (self).part(list, a, b)} is a part of a list
 */
public record UpdateRule(List<Slot> slots, String text) {

    /** Copies the list. */
    public UpdateRule {
        slots = List.copyOf(slots);
    }

    /**
     * Something remembered per parameter, zero at the start.
     *
     * @param name the prefix of its arrays' names in {@link Optimizer#state}
     * @param scalar whether it is one number, otherwise it has the parameter's shape
     */
    public record Slot(String name, boolean scalar) {}
}
