package io.github.multilabel.model.heads;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.message.Excerpt;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the heads of a hierarchy answer together: by the product of the finest head's probabilities and those of its
 * parents' own heads, each to a power. With powers of 0 the parents' answers are the sums of the finest head's
 * probabilities; with 1 all heads count as if they knew nothing of each other. Immutable.
 *
 * @param finest the name of the finest head
 * @param powers by the name of each parent that answers so the power of its own head's probability, 0 to 100
 */
public record JointDecoding(String finest, Map<String, Double> powers) {

    /** Far more than any use, and far from where products overflow. */
    private static final int MOST = 100;

    /** Copies the powers. */
    public JointDecoding {
        powers = Collections.unmodifiableMap(new LinkedHashMap<>(powers));
        powers.forEach((parent, power) -> {
            if (!(power >= 0 && power <= MOST)) {
                throw new IllegalArgumentException("joint decoding of head '" + Excerpt.of(parent) + "': the power "
                        + power + " must be a number from 0 to " + MOST);
            }
        });
        if (powers.isEmpty()) {
            throw new IllegalArgumentException("joint decoding needs a parent of head '" + Excerpt.of(finest) + "'");
        }
    }

    /**
     * Checks that it is for heads.
     *
     * @throws IllegalArgumentException if one of its parents is none of the finest head
     */
    public void requireFit(HeadSet heads) {
        powers.keySet().forEach(parent -> heads.hierarchy().parentOf(finest, parent));
    }
}
