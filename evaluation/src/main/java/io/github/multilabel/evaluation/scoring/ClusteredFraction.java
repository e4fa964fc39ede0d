package io.github.multilabel.evaluation.scoring;

/** A fraction of images of which some belong together, and its interval. For one thread. */
final class ClusteredFraction {

    /** Of the normal distribution, 95 % lie within so many deviations. */
    private static final double DEVIATIONS = 1.959963984540054;

    /** Of fewer groups the variance says little. */
    private static final int FEW = 10;

    private double hits;
    private double images;
    private int groups;
    private double hitSquares;
    private double products;
    private double imageSquares;

    /**
     * Adds images that belong together.
     *
     * @param hitsOfGroup those that are hits
     * @param imagesOfGroup all; a group without any says nothing
     */
    void add(long hitsOfGroup, long imagesOfGroup) {
        if (imagesOfGroup == 0) {
            return;
        }
        hits += hitsOfGroup;
        images += imagesOfGroup;
        groups++;
        hitSquares += (double) hitsOfGroup * hitsOfGroup;
        products += (double) hitsOfGroup * imagesOfGroup;
        imageSquares += (double) imagesOfGroup * imagesOfGroup;
    }

    /**
     * The interval; NaN without images.
     *
     * @param isGrouped whether images belong together that were added at once
     */
    Interval interval(boolean isGrouped) {
        return wilson(hits / images, isGrouped ? independent() : images); // 0 / 0 is undefined
    }

    /** How many images that do not belong together would say as much. */
    private double independent() {
        double fraction = hits / images;
        double squares = hitSquares - 2 * fraction * products + fraction * fraction * imageSquares;
        if (groups < FEW || hits == 0 || hits == images) {
            return groups;
        }
        // the variance of a ratio by its derivatives at each group, the infinitesimal jackknife
        double variance = squares / (images * images) * groups / (groups - 1);
        return Math.min(images, fraction * (1 - fraction) / variance);
    }

    /**
     * The interval of a fraction of independent images.
     *
     * @param fraction in [0, 1]; NaN is undefined
     * @param images how many there are
     */
    static Interval wilson(double fraction, double images) {
        double square = DEVIATIONS * DEVIATIONS / images;
        double middle = (fraction + square / 2) / (1 + square);
        double half = DEVIATIONS / (1 + square) * Math.sqrt((fraction * (1 - fraction) + square / 4) / images);
        // rounding alone would keep 0 and 1 out of their own intervals
        return new Interval(
                fraction,
                fraction == 0 ? 0 : Math.max(0, middle - half),
                fraction == 1 ? 1 : Math.min(1, middle + half));
    }
}
