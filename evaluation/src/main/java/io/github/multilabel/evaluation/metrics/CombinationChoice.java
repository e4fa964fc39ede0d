package io.github.multilabel.evaluation.metrics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * To which power the probabilities of each head count where all are answered together, as chosen on labelled images.
 * Immutable.
 *
 * <p>The heads' own answers are those that are most often right each, the combinations those that are most often all
 * right (Dembczynski et al. 2012); each can be worse by the other's measure.
 *
 * @param exponents by the name of each head
 * @param images that the choice was made by: those with the labels of all of these heads
 * @param own how good the heads' own answers are
 * @param together how good the most probable combinations are
 */
public record CombinationChoice(Map<String, Double> exponents, int images, AnswerQuality own, AnswerQuality together) {

    /** Keeps the order of the heads. */
    public CombinationChoice {
        exponents = Collections.unmodifiableMap(new LinkedHashMap<>(exponents));
    }

    /** One line that says what was chosen and what it is worth. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "combinations (exponents: %s): all right for %.3f of %,d images, by the heads' own answers for %.3f;"
                        + " mean accuracy %.3f, %.3f",
                exponents.entrySet().stream()
                        .map(exponent -> exponent.getKey() + " " + exponent.getValue())
                        .collect(Collectors.joining(", ")),
                together.exactMatch(),
                images,
                own.exactMatch(),
                together.meanAccuracy(),
                own.meanAccuracy());
    }
}
