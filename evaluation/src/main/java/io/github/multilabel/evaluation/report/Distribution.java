package io.github.multilabel.evaluation.report;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.LabelCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How many images have each category of a head.
 *
 * @param head whose labels were counted
 * @param others the counts of images that were not evaluated, by the names of their splits
 */
record Distribution(Head head, Map<String, LabelCounts> others) {

    /** What the evaluated images are called. */
    private static final String EVALUATED = "evaluated";

    List<String> names() {
        List<String> names = new ArrayList<>(others.keySet());
        names.add(others.isEmpty() ? "images" : EVALUATED);
        return names;
    }

    /**
     * The images with a category, of each split.
     *
     * @param evaluated the number of evaluated ones
     */
    long[] of(int category, long evaluated) {
        long[] images = new long[others.size() + 1];
        int split = 0;
        for (LabelCounts counts : others.values()) {
            images[split++] = counts.of(category);
        }
        images[split] = evaluated;
        return images;
    }
}
