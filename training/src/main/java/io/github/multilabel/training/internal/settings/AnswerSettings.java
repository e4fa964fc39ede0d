package io.github.multilabel.training.internal.settings;

import io.github.multilabel.model.combination.Rule;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the trained model is to answer beyond each head for itself.
 *
 * @param rules of the answer of all heads together; empty if that is not wished
 * @param surePrecision with which sure answers are to be right; empty if predictions need not tell of which heads they
 *     are sure
 */
public record AnswerSettings(Optional<List<Rule>> rules, OptionalDouble surePrecision) {

    /** What follows from hierarchies alone. */
    public static final AnswerSettings USUAL = new AnswerSettings(Optional.empty(), OptionalDouble.empty());

    /** Copies the list. */
    public AnswerSettings {
        rules = rules.map(List::copyOf);
    }

    /** Whether validation images are to be asked once more when the heads answer as they will. */
    public boolean areChosen() {
        return rules.isPresent() || surePrecision.isPresent();
    }
}
