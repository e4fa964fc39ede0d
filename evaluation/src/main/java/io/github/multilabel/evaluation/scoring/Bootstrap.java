package io.github.multilabel.evaluation.scoring;

import io.github.multilabel.core.internal.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Intervals by the percentile bootstrap of Efron 1979: images are drawn from those that there are, as many and with
 * replacement, again and again; between the bounds lie the given part of the numbers that come out. Of images that
 * belong together, groups are drawn whole.
 *
 * @param seed the same seed gives the same bounds
 * @param resamples how often images are drawn, at least 2
 * @param level the part of the numbers between the bounds, in (0, 1)
 */
public record Bootstrap(long seed, int resamples, double level) {

    private static final int STANDARD_RESAMPLES = 1_000;
    private static final double STANDARD_LEVEL = 0.95;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is outside its range
     */
    public Bootstrap {
        if (resamples < 2 || !(level > 0 && level < 1)) {
            throw new IllegalArgumentException("a bootstrap needs at least 2 resamples and a level in (0, 1), got "
                    + resamples + " resamples and the level " + level + "; usual are " + STANDARD_RESAMPLES + " and "
                    + STANDARD_LEVEL);
        }
    }

    /** A thousand resamples, 95 %. */
    public static Bootstrap seeded(long seed) {
        return new Bootstrap(seed, STANDARD_RESAMPLES, STANDARD_LEVEL);
    }

    /**
     * How often each unit is drawn in a resample.
     *
     * @param resample the number of it; each is drawn for itself
     * @param units see {@link Resampler#units}
     * @return counts whose sum is the number of units
     */
    public int[] weights(int resample, int units) {
        SplittableRandom random = Seeds.ofSample(seed, 0, resample);
        int[] weights = new int[units];
        for (int i = 0; i < units; i++) {
            weights[random.nextInt(units)]++;
        }
        return weights;
    }

    /**
     * The bounds between which the given part of some numbers lies, as numpy's {@code percentile}.
     *
     * @param value of the images themselves
     * @param resampled of each resample; those that are NaN are left out
     * @return bounds that are NaN if the value is, or fewer than two numbers are defined
     */
    public Interval interval(double value, double... resampled) {
        double[] sorted = Arrays.stream(resampled)
                .filter(number -> !Double.isNaN(number))
                .sorted()
                .toArray();
        if (Double.isNaN(value) || sorted.length < 2) {
            return new Interval(value, Double.NaN, Double.NaN);
        }
        return new Interval(value, quantile((1 - level) / 2, sorted), quantile((1 + level) / 2, sorted));
    }

    private static double quantile(double part, double... sorted) {
        double place = part * (sorted.length - 1);
        int below = (int) place;
        double above = sorted[Math.min(below + 1, sorted.length - 1)];
        return sorted[below] + (place - below) * (above - sorted[below]);
    }
}
