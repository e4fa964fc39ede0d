package io.github.multilabel.model.prediction;

import java.util.Locale;

/**
 * A category with its probability.
 *
 * @param category the name of the category
 * @param probability in [0, 1]
 */
public record CategoryProbability(String category, double probability) {

    /** For example {@code SUV 0.97}, in every locale. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %.2f", category, probability);
    }
}
