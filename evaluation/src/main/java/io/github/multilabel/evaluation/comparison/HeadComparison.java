package io.github.multilabel.evaluation.comparison;

import io.github.multilabel.core.Head;
import java.util.List;

/**
 * A head, of A and of B, over the images that both have.
 *
 * @param head with the categories in A's order
 * @param support the number of images that are labelled for it
 * @param answers whether A and B answer correctly equally often; a whole set of tags counts as one answer
 * @param categories of each category, in A's order
 */
public record HeadComparison(Head head, long support, McNemar answers, List<CategoryComparison> categories) {

    /** Copies the list. */
    public HeadComparison {
        categories = List.copyOf(categories);
    }

    /**
     * One category.
     *
     * @throws IllegalArgumentException if there is no such category; the message names similar ones
     */
    public CategoryComparison category(String name) {
        return categories.get(head.indexOf(name));
    }
}
