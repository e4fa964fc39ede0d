package io.github.multilabel.model.combination;

/**
 * A combination and how good it is.
 *
 * @param score the logarithm of its probability up to what all combinations have in common; negative infinity if there
 *     is none
 * @param categories the index of the category of each head
 */
@SuppressWarnings("ArrayRecordComponent") // read in this package alone
record Solution(double score, int[] categories) {

    static final Solution NONE = new Solution(Double.NEGATIVE_INFINITY, new int[0]);

    boolean isNone() {
        return categories.length == 0;
    }
}
