package io.github.multilabel.evaluation.metrics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * From which probability on the heads of a hierarchy count as sure, as chosen on labelled images. Immutable.
 *
 * @param finest the name of the finest head
 * @param wished the precision that was wished, in (0, 1)
 * @param threshold the least probability of a sure answer
 * @param precision the fraction of the {@link #answers} that are right; above what was wished, since few answers say
 *     little
 * @param answers the sure answers that have a label, each at the most specific level of its image that is sure
 * @param coverage by the name of each head the fraction of all images for which it is sure, most specific first
 */
public record SureChoice(
        String finest, double wished, double threshold, double precision, int answers, Map<String, Double> coverage) {

    /** Keeps the order of the heads. */
    public SureChoice {
        coverage = Collections.unmodifiableMap(new LinkedHashMap<>(coverage));
    }

    /** One line that says what was chosen and what it is worth. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "sure from %.3f on: right for %.3f of %,d answers (wished %s), sure of %s",
                threshold,
                precision,
                answers,
                wished,
                coverage.entrySet().stream()
                        .map(head -> String.format(Locale.ROOT, "%s for %.3f", head.getKey(), head.getValue()))
                        .collect(Collectors.joining(", ")));
    }
}
