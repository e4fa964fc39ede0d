package io.github.multilabel.model.prediction;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all single-label heads together most probably are. Where each head's own answer is the one that is right most
 * often by itself, this is the one that is most often right in all heads at once: neither improves what the other is
 * for (Dembczynski et al. 2012). Immutable.
 *
 * @param categories by the name of each single-label head its category; no rule forbids them together
 * @param probability of just these, among all combinations, also those that a rule forbids: a low one where the heads
 *     are sure says that the model believes in something that is forbidden
 * @param unusual whether no training image had the heads' own answers together
 */
public record Combination(Map<String, String> categories, double probability, boolean unusual) {

    /** Keeps the order of the heads. */
    public Combination {
        categories = Collections.unmodifiableMap(new LinkedHashMap<>(categories));
    }

    /** The heads whose category is not their own answer. */
    List<HeadPrediction> changed(List<HeadPrediction> heads) {
        return heads.stream()
                .filter(head -> categories.containsKey(head.name()))
                .filter(head -> !head.best().category().equals(categories.get(head.name())))
                .toList();
    }
}
