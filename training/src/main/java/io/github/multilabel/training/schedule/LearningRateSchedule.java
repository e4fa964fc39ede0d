package io.github.multilabel.training.schedule;

import java.util.Arrays;

/**
 * How the learning rate changes during training. A schedule of your own, by epoch:
 *
 * <pre>{@code
 * builder.optSchedule((epoch, epochs) -> epoch < 4 ? 1 : 0.1);
 * }</pre>
 *
 * <p>A schedule has no state: trainers that share one may call it on several threads at once.
 */
@FunctionalInterface
public interface LearningRateSchedule {

    /**
     * The factor of the learning rate for one step.
     *
     * @param epoch the epochs that are over before the step, with a fraction: 2.5 is the middle of the third; in [0,
     *     {@code epochs})
     * @param epochs the number of epochs of the training
     * @return at least 0, usually at most 1
     */
    double factor(double epoch, int epochs);

    /**
     * The factor of the learning rate for one step, where the number of steps is known. The trainer calls this one; by
     * default it is {@link #factor(double, int)} of the steps that are over.
     *
     * @param step from 0, in [0, {@code steps})
     * @param steps the number of steps of the training
     * @param epochs the number of epochs of the training
     */
    default double factor(long step, long steps, int epochs) {
        return factor((double) step / steps * epochs, epochs);
    }

    /**
     * The text by which a checkpoint knows the schedule: a training that is resumed logs a warning if it differs.
     * Override it in a schedule of your own that has settings.
     */
    default String describe() {
        return "a schedule of your own";
    }

    /** The same rate for all steps. */
    static LearningRateSchedule constant() {
        return new NamedSchedule("constant", (epoch, epochs) -> 1);
    }

    /**
     * Falls by a factor at some epochs, as PyTorch's {@code MultiStepLR}: {@code step(0.1, 30, 60)} is a tenth from
     * epoch 30 on, counted from 0, and a hundredth from epoch 60 on.
     *
     * @param factor above 0, usually below 1
     * @param milestones epochs that are over when the rate falls, ascending
     * @throws IllegalArgumentException if the factor is not above 0, or the milestones do not ascend from at least 0
     */
    static LearningRateSchedule step(double factor, int... milestones) {
        if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "factor " + factor + " of a step schedule is not a finite number above 0");
        }
        int[] at = milestones.clone();
        for (int i = 0; i < at.length; i++) {
            if (at[i] < (i == 0 ? 0 : at[i - 1] + 1)) {
                throw new IllegalArgumentException("milestones " + Arrays.toString(at) + " do not ascend from 0 on");
            }
        }
        return new NamedSchedule(
                "step by " + factor + " at epochs " + Arrays.toString(at),
                (epoch, epochs) -> Math.pow(
                        factor,
                        Arrays.stream(at)
                                .filter(milestone -> epoch >= milestone)
                                .count()));
    }

    /** A straight line from 1 at the first step to 0 at the end: {@link #polynomial(double)} with a power of 1. */
    static LearningRateSchedule linear() {
        return polynomial(1);
    }

    /**
     * Falls from 1 to 0 as a power of what is left, as PyTorch's {@code PolynomialLR}.
     *
     * @param power above 0; 1 is linear, 0.9 is usual in segmentation
     * @throws IllegalArgumentException if the power is outside its range
     */
    static LearningRateSchedule polynomial(double power) {
        if (!(power > 0 && power < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("power " + power + " is not a finite number above 0");
        }
        return new NamedSchedule(
                "polynomial of power " + power, (epoch, epochs) -> Math.pow(1 - epoch / epochs, power));
    }

    /** {@link #cosine(double)} with a warm-up of 0.05: the default. */
    static LearningRateSchedule cosine() {
        return cosine(0.05);
    }

    /**
     * A linear warm-up, then half a cosine down to 0 (Loshchilov and Hutter 2017).
     *
     * @param warmUp the fraction of the training that the rise takes, in [0, 1)
     * @throws IllegalArgumentException if the fraction is outside its range
     */
    static LearningRateSchedule cosine(double warmUp) {
        if (!(warmUp >= 0 && warmUp < 1)) {
            throw new IllegalArgumentException("warm-up " + warmUp
                    + " is outside [0, 1): it is a fraction of the training, not a number of steps, for example 0.05");
        }
        return new NamedSchedule("cosine with a warm-up of " + warmUp, (epoch, epochs) -> {
            double progress = epoch / epochs;
            return progress < warmUp
                    ? (progress + 0.01 * warmUp) / (1.01 * warmUp) // the first step is small but does something
                    : (1 + Math.cos(Math.PI * (progress - warmUp) / (1 - warmUp))) / 2;
        });
    }

    /** {@link #oneCycle(double, double, double)} with PyTorch's 0.3, 25 and 10,000. */
    static LearningRateSchedule oneCycle() {
        return oneCycle(0.3, 25, 1e4);
    }

    /**
     * Half a cosine up from a small rate to the learning rate, then half a cosine down to almost nothing (Smith and
     * Topin 2018), step by step as PyTorch's {@code OneCycleLR}. Allows higher rates than a constant one.
     *
     * @param warmUp the fraction of the training that the rise takes, in (0, 1); fastai takes 0.25
     * @param divisor the first rate is the learning rate divided by it, at least 1
     * @param finalDivisor the last rate is the first divided by it, at least 1
     * @throws IllegalArgumentException if a value is outside its range
     */
    static LearningRateSchedule oneCycle(double warmUp, double divisor, double finalDivisor) {
        return new OneCycle(warmUp, 1 / divisor, 1 / (divisor * finalDivisor));
    }
}
