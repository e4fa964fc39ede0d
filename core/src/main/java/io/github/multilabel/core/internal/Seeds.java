package io.github.multilabel.core.internal;

import java.util.SplittableRandom;

/**
 * The random numbers of a training, as functions of its seed and of a place in it. No generator is carried along, so
 * that neither the number of threads nor where a training was interrupted changes what is drawn.
 *
 * <p>The formulas of samples and batches differ for no better reason than their age, and stay: with another one, a
 * training that is resumed would not give the numbers of one without interruption.
 */
public final class Seeds {

    private Seeds() {}

    /**
     * For one sample in one epoch, such as its augmentation.
     *
     * @param place of the sample in the epoch; one that comes twice has two. Negative places are free for what concerns
     *     the whole epoch
     */
    public static SplittableRandom ofSample(long seed, int epoch, long place) {
        return new SplittableRandom(mix(mix(mix(seed) + epoch) + place));
    }

    /** For one batch in one epoch, such as which of its images are blended. */
    public static SplittableRandom ofBatch(long seed, int epoch, long batch) {
        long ofEpoch = new SplittableRandom(seed).nextLong() + epoch;
        return new SplittableRandom(new SplittableRandom(ofEpoch).nextLong() + batch);
    }

    /**
     * For the engine's generator in one step, such as its dropout.
     *
     * @param batch the first one of the step
     */
    public static long ofStep(long seed, int epoch, int batch) {
        return mix(mix(mix(seed) + 1 + epoch) + batch);
    }

    /** For the engine's generator when it draws the first weights of a model. */
    public static long ofWeights(long seed) {
        return mix(seed);
    }

    /**
     * The finalizer of MurmurHash3, so that neighbouring seeds, epochs and samples have nothing in common, also in the
     * lower 32 bits. It maps no two numbers to one.
     */
    private static long mix(long z) {
        z = (z ^ z >>> 33) * 0xff51afd7ed558ccdL;
        z = (z ^ z >>> 33) * 0xc4ceb9fe1a85ec53L;
        return z ^ z >>> 33;
    }
}
