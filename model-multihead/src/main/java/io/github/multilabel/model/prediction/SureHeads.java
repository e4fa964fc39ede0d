package io.github.multilabel.model.prediction;

import io.github.multilabel.core.Hierarchy;
import io.github.multilabel.core.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Tells of which heads of a hierarchy a prediction is sure. A head is sure if its best category is at least as probable
 * as a threshold, and is the one that the best category of the finest head determines; where it is not known what that
 * is, the probability alone counts. Immutable; threads may share it.
 *
 * <pre>{@code
 * SureHeads sure = new SureHeads(model.heads().hierarchy(), "model", 0.9);
 * sure.of(prediction); // [brand=BMW 0.97, type=SUV 0.93]: it is not sure of the model
 * }</pre>
 */
public final class SureHeads {

    private final String finest;
    private final double threshold;
    /** By parent, the most specific first, its category for each of the finest head. */
    private final Map<String, List<Integer>> parentOf = new LinkedHashMap<>();

    /**
     * Prepares for the heads of a model.
     *
     * @param finest the name of the finest head; the others are its parents
     * @param threshold the least probability of a sure answer
     */
    public SureHeads(Hierarchy hierarchy, String finest, double threshold) {
        this.finest = finest;
        this.threshold = threshold;
        hierarchy.parents(finest).stream()
                .sorted(Comparator.comparing(
                        parent -> -hierarchy.parents(parent).size())) // before its own parents
                .forEach(parent -> parentOf.put(parent, hierarchy.parentOf(finest, parent)));
    }

    /** The names of the finest head and its parents, the most specific first: a head before its parents. */
    public List<String> names() {
        return Stream.concat(Stream.of(finest), parentOf.keySet().stream()).toList();
    }

    /**
     * Tells of which heads a prediction is sure.
     *
     * @return in the order of {@link #names}; empty if it is sure of nothing
     * @throws IllegalArgumentException if the prediction lacks one of the heads
     */
    public List<HeadPrediction> of(Prediction prediction) {
        HeadPrediction fine = prediction.head(finest);
        int answer = best(fine);
        List<HeadPrediction> sure = new ArrayList<>();
        if (isProbable(fine)) {
            sure.add(fine);
        }
        parentOf.forEach((parent, categories) -> {
            HeadPrediction head = prediction.head(parent);
            int determined = categories.get(answer);
            if (isProbable(head) && (determined == Labels.MISSING || determined == best(head))) {
                sure.add(head);
            }
        });
        return sure;
    }

    private boolean isProbable(HeadPrediction head) {
        return head.best().probability() >= threshold;
    }

    private static int best(HeadPrediction head) {
        return head.head().indexOf(head.best().category());
    }
}
