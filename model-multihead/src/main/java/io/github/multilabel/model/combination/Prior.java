package io.github.multilabel.model.combination;

/**
 * How probable combinations are before an image is seen. The evidence of an image, by head and category, is what is
 * added to the logarithm of that probability. Immutable.
 */
sealed interface Prior permits FullPrior, TreePrior {

    /** The logarithm of the probability of a combination, up to what all have in common. */
    double log(int[] categories);

    /** The probability of each category of each head, whatever the others are. */
    double[][] marginals();

    /** The logarithm of the sum over all combinations, also over those that are not allowed. */
    double logTotal(double[][] evidence);

    /**
     * The most probable combination that is allowed; the best of those that were met if the search is cut
     * ({@link Search}), which may be none.
     */
    Solution best(double[][] evidence, Constraints constraints);

    /** Whether a row of the training images had this combination, or all that it counts of it. */
    boolean isSeen(int[] categories);

    /** What a combination gets of an image. */
    static double sum(double[][] evidence, int[] categories) {
        double sum = 0;
        for (int head = 0; head < categories.length; head++) {
            sum += evidence[head][categories[head]];
        }
        return sum;
    }
}
