package io.github.multilabel.evaluation.internal.page;

import java.util.List;

/**
 * Charts side by side.
 *
 * @param charts at least one
 */
public record Charts(List<Chart> charts) implements Part {

    /** Copies the list. */
    public Charts {
        charts = List.copyOf(charts);
    }
}
