package io.github.multilabel.evaluation.comparison;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What predictions A and B have in common, and what is left out of their comparison.
 *
 * @param images that both have: they are compared
 * @param onlyA the number of images that A has alone
 * @param onlyB the number of images that B has alone
 * @param headsOnlyA the names of the heads that A has alone
 * @param headsOnlyB the names of the heads that B has alone
 * @param contradictions for each head that is compared the number of images for which A and B say that something else
 *     is right; for this head they count as not labelled
 */
public record Overlap(
        int images,
        int onlyA,
        int onlyB,
        List<String> headsOnlyA,
        List<String> headsOnlyB,
        Map<String, Integer> contradictions) {

    /** Copies the lists. */
    public Overlap {
        headsOnlyA = List.copyOf(headsOnlyA);
        headsOnlyB = List.copyOf(headsOnlyB);
        contradictions = Collections.unmodifiableMap(new LinkedHashMap<>(contradictions));
    }
}
