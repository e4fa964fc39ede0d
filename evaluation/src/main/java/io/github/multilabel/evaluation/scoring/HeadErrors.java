package io.github.multilabel.evaluation.scoring;

import java.util.Locale;

/**
 * How the mistakes of two heads go together, over the images that are labelled for both.
 *
 * @param first the name of a head
 * @param second the name of another, later in the model's order
 * @param images that are labelled for both
 * @param firstWrong those of them for which the first is wrong
 * @param secondWrong those for which the second is
 * @param bothWrong those for which both are
 */
public record HeadErrors(String first, String second, long images, long firstWrong, long secondWrong, long bothWrong) {

    /**
     * The correlation of the mistakes, the phi coefficient as scikit-learn's {@code matthews_corrcoef} of them: 1 if
     * both heads fail for the same images, 0 if neither knows of the other.
     *
     * @return -1..1; NaN if one of the heads is always right or always wrong
     */
    public double correlation() {
        double n = images;
        double both = n * bothWrong - (double) firstWrong * secondWrong;
        double spread = Math.sqrt((double) firstWrong * (n - firstWrong)) * Math.sqrt(secondWrong * (n - secondWrong));
        return both / spread; // 0 / 0 is NaN: undefined
    }

    /**
     * How often the second is wrong where the first is.
     *
     * @return 0..1; NaN if the first is never wrong
     */
    public double secondWhereFirst() {
        return HeadOutcomes.mean(bothWrong, firstWrong);
    }

    /** For example {@code brand and type: mistakes correlate by 0.412, 31 images are wrong for both}. */
    @Override
    public String toString() {
        double correlation = correlation();
        return String.format(
                Locale.ROOT,
                "%s and %s: mistakes correlate by %s, %,d of %,d images are wrong for both",
                first,
                second,
                Double.isNaN(correlation) ? "n/a" : String.format(Locale.ROOT, "%.3f", correlation),
                bothWrong,
                images);
    }
}
