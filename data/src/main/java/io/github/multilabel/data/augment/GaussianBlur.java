package io.github.multilabel.data.augment;

import io.github.multilabel.core.image.Pixels;

/** Blurs each picture by another width: torchvision's {@code GaussianBlur}. Immutable; threads may share it. */
public final class GaussianBlur implements AugmentationStep {

    private static final int LARGEST = 255;
    private static final double LEAST_SIGMA = 0.01;
    private static final double MOST_SIGMA = 100;

    private final int kernelSize;
    private final Range sigma;

    private GaussianBlur(int kernelSize, Range sigma) {
        this.kernelSize = kernelSize;
        this.sigma = sigma;
    }

    /**
     * Blurs with a standard deviation between two.
     *
     * @param kernelSize the width of the filter in pixels: odd, in [1, 255]
     * @param minSigma in pixels, in [0.01, 100]; 0.1 in torchvision
     * @param maxSigma in [minSigma, 100]; 2 in torchvision
     * @throws IllegalArgumentException if one is outside its range
     */
    public static GaussianBlur of(int kernelSize, double minSigma, double maxSigma) {
        kernel(kernelSize, 1);
        return new GaussianBlur(
                kernelSize, Range.of("GaussianBlur: sigma", minSigma, maxSigma, LEAST_SIGMA, MOST_SIGMA));
    }

    /** The weights along one axis, of sum 1. */
    static float[] kernel(int size, double sigma) {
        if (size < 1 || size > LARGEST || size % 2 == 0) {
            throw new IllegalArgumentException(
                    "gaussian blur: kernel size " + size + "; must be odd and in [1, " + LARGEST + "]");
        }
        if (!(sigma >= LEAST_SIGMA && sigma <= MOST_SIGMA)) {
            throw new IllegalArgumentException(
                    "gaussian blur: sigma " + sigma + " is outside [" + LEAST_SIGMA + ", " + MOST_SIGMA + "]");
        }
        double sum = 0;
        double[] weights = new double[size];
        for (int i = 0; i < size; i++) {
            double distance = (i - size / 2) / sigma;
            weights[i] = Math.exp(-0.5 * distance * distance);
            sum += weights[i];
        }
        float[] kernel = new float[size];
        for (int i = 0; i < size; i++) {
            kernel[i] = (float) (weights[i] / sum);
        }
        return kernel;
    }

    @Override
    public Pixels apply(Pixels image, Draw draw) {
        return Filters.gaussianBlur(image, kernelSize, sigma.draw(draw.random()));
    }

    @Override
    public String describe() {
        return "GaussianBlur(kernel=" + kernelSize + ", sigma=" + sigma + ")";
    }

    @Override
    public String toString() {
        return describe();
    }
}
