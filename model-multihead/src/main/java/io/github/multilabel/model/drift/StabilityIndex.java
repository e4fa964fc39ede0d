package io.github.multilabel.model.drift;

import java.util.stream.IntStream;

/**
 * The population stability index: how far the shares of some bins are from what they were. It is the sum over bins of
 * (now - before) x ln(now / before), also known as Jeffreys' divergence. Scoring of credits reads it so (Siddiqi 2006,
 * Credit Risk Scorecards): below 0.1 nothing has changed, from 0.1 to 0.25 something has that is worth a look, above
 * 0.25 the images are others.
 */
public final class StabilityIndex {

    /** From here on worth a look. */
    public static final double LOOK = 0.1;

    /** Above it the images are others. */
    public static final double CHANGED = 0.25;

    /** The share that an empty bin counts as, since there is no logarithm of 0; as in the library Evidently. */
    static final double EMPTY = 1e-4;

    /** Of the standard normal distribution, for one in 20. */
    private static final double NORMAL_95 = 1.6448536269514722;

    private StabilityIndex() {}

    /**
     * Compares counts.
     *
     * @param before of each bin
     * @param now of each bin, as many
     * @return 0 or more; a bin that is empty in one of both counts as a share of 0.0001, in both as nothing. NaN if all
     *     bins of one are empty
     * @throws IllegalArgumentException if they are not equally many, or a count is negative
     */
    public static double of(long[] before, long[] now) {
        requireCounts(before, now);
        double ofBefore = IntStream.range(0, before.length)
                .mapToDouble(bin -> before[bin])
                .sum();
        double ofNow =
                IntStream.range(0, now.length).mapToDouble(bin -> now[bin]).sum();
        if (ofBefore == 0 || ofNow == 0) {
            return Double.NaN;
        }
        return IntStream.range(0, before.length)
                .mapToDouble(bin -> part(before[bin] / ofBefore, now[bin] / ofNow))
                .sum();
    }

    private static void requireCounts(long[] before, long[] now) {
        if (before.length != now.length) {
            throw new IllegalArgumentException(
                    "both need the same bins, got " + before.length + " before and " + now.length + " now");
        }
        IntStream.range(0, before.length).forEach(bin -> {
            if (before[bin] < 0 || now[bin] < 0) {
                throw new IllegalArgumentException("bin " + bin + " has the counts " + before[bin] + " before and "
                        + now[bin] + " now; a count is 0 or more");
            }
        });
    }

    /** What a bin with these shares adds. */
    private static double part(double before, double now) {
        double least = Math.max(before, EMPTY);
        double most = Math.max(now, EMPTY);
        return (most - least) * Math.log(most / least);
    }

    /**
     * What the index is above in one of 20 cases although nothing has changed, because images are few. The index times
     * the number of images is distributed as chi-squared then (Yurdakul 2018, Statistical properties of the population
     * stability index), whose quantile is approximated after Wilson and Hilferty 1931.
     *
     * @param bins that are not empty
     * @param before the number of images before
     * @param now the number of images now
     * @return NaN where there are fewer than two bins, or no images
     */
    public static double byChance(int bins, long before, long now) {
        if (bins < 2 || before <= 0 || now <= 0) {
            return Double.NaN;
        }
        double freedom = bins - 1.0;
        double spread = 2 / (9 * freedom);
        return freedom * Math.pow(1 - spread + NORMAL_95 * Math.sqrt(spread), 3) * (1.0 / before + 1.0 / now);
    }
}
