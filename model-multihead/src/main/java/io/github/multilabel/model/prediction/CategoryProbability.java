package io.github.multilabel.model.prediction;

import java.util.Locale;

/**
 * A category and how probable it is.
 *
 * @param category one of its head's
 * @param probability in [0, 1]
 */
public record CategoryProbability(String category, double probability) {

    /** For people: {@code SUV 0.97}, in every locale. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %.2f", category, probability);
    }
}
