package io.github.multilabel.model.drift;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a backbone finds in usual images, as a mean and a covariance of low rank, and how far an image is from it. The
 * features are taken as directions, each divided by its length, for the lengths say little of what an image shows
 * (Mueller and Hein 2025, Mahalanobis++, arXiv 2505.18032). The distance is that of Mahalanobis without regard to
 * categories (Lee et al. 2018, arXiv 1807.03888), divided by the root of the number of features, so that usual images
 * are around 1: the principal directions have a variance each, all others the same (a probabilistic principal component
 * analysis, Tipping and Bishop 1999). Immutable.
 */
public final class UsualFeatures {

    /** Shorter features, as of a backbone that gives nothing but 0, are not divided by their length. */
    public static final double LEAST_LENGTH = 1e-12;

    private final float[] mean;
    private final float[][] directions;
    private final float[] variances;

    /**
     * Takes what was estimated.
     *
     * @param mean (F) of the features, each divided by its length
     * @param directions (D, F), orthonormal, fewer than features
     * @param variances (D + 1) along each direction, and of each of the others, above 0; none below the last
     * @throws IllegalArgumentException if the lengths do not fit, a value is not finite, or a variance out of range
     */
    public UsualFeatures(float[] mean, float[][] directions, float[] variances) {
        this.mean = mean.clone();
        this.directions = Arrays.stream(directions).map(float[]::clone).toArray(float[][]::new);
        this.variances = variances.clone();
        if (directions.length >= mean.length || variances.length != directions.length + 1) {
            throw wrong(mean.length + " features need fewer directions and a variance more than these, got "
                    + directions.length + " directions and " + variances.length + " variances");
        }
        float least = variances[directions.length];
        for (float[] direction : directions) {
            requireFinite(direction);
            if (direction.length != mean.length) {
                throw wrong("a direction has " + direction.length + " features, the mean " + mean.length);
            }
        }
        requireFinite(mean);
        requireFinite(variances);
        for (float variance : variances) {
            if (!(variance > 0 && variance >= least)) {
                throw wrong("the variance " + variance + " must be above 0 and not below the last, " + least);
            }
        }
    }

    private static void requireFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw wrong("they have the value " + value);
            }
        }
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("usual features: " + what);
    }

    /** The number of features, F. */
    public int size() {
        return mean.length;
    }

    /** (F), a copy. */
    public float[] mean() {
        return mean.clone();
    }

    /** (D, F) side by side, a copy. */
    public float[] directions() {
        float[] all = new float[directions.length * mean.length];
        for (int i = 0; i < directions.length; i++) {
            System.arraycopy(directions[i], 0, all, i * mean.length, mean.length);
        }
        return all;
    }

    /** (D + 1), a copy. */
    public float[] variances() {
        return variances.clone();
    }

    /**
     * The distance of an image.
     *
     * @param features (F) as the backbone gives them, finite
     * @return 0 or more, around 1 for usual images
     */
    public double distance(float[] features) {
        if (features.length != mean.length) {
            throw new IllegalArgumentException(
                    "features of the same backbone are needed, " + mean.length + ", got " + features.length);
        }
        double length = Math.sqrt(IntStream.range(0, features.length)
                .mapToDouble(i -> (double) features[i] * features[i])
                .sum());
        double[] off = IntStream.range(0, features.length)
                .mapToDouble(i -> features[i] / Math.max(length, LEAST_LENGTH) - mean[i])
                .toArray();
        double rest = variances[directions.length];
        double sum = Arrays.stream(off).map(each -> each * each).sum() / rest;
        for (int d = 0; d < directions.length; d++) {
            float[] direction = directions[d];
            double along = IntStream.range(0, off.length)
                    .mapToDouble(i -> off[i] * direction[i])
                    .sum();
            sum += along * along * (1 / variances[d] - 1 / rest);
        }
        return Math.sqrt(Math.max(sum, 0) / mean.length);
    }

    /** By what programs multiply features of length 1, so that the square of the rest is what it adds. */
    public double scale() {
        return 1 / Math.sqrt((double) variances[directions.length] * mean.length);
    }

    /** (F) the mean times {@link #scale}. */
    public float[] scaledMean() {
        float[] scaled = new float[mean.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (mean[i] * scale());
        }
        return scaled;
    }

    /** (D, F) the directions side by side, each as long as the square of a product with it is to be taken away. */
    public float[] scaledDirections() {
        float[] scaled = directions();
        double rest = variances[directions.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (scaled[i] * Math.sqrt(1 - rest / variances[i / mean.length]));
        }
        return scaled;
    }

    /** How many principal directions there are, D. */
    public int directionCount() {
        return directions.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UsualFeatures features
                && Arrays.equals(mean, features.mean)
                && Arrays.deepEquals(directions, features.directions)
                && Arrays.equals(variances, features.variances);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(mean) + 31 * Arrays.hashCode(variances);
    }

    /** For example {@code usual features: 1280, 64 principal directions}. */
    @Override
    public String toString() {
        return "usual features: " + mean.length + ", " + directions.length + " principal directions";
    }
}
