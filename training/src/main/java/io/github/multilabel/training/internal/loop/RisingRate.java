package io.github.multilabel.training.internal.loop;

import io.github.multilabel.training.event.LearningRateFinderResult;
import io.github.multilabel.training.schedule.LearningRateSchedule;

/**
 * A learning rate that grows by the same factor from step to step, and from one end of a range to the other in so many
 * steps, whatever the epochs.
 *
 * @param lowest of the first step, above 0
 * @param highest of the last step
 * @param steps at least {@link LearningRateFinderResult#FEWEST}
 */
public record RisingRate(double lowest, double highest, int steps) implements LearningRateSchedule {

    public RisingRate {
        if (!(lowest > 0 && lowest < highest && highest < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("learning rates to try from " + lowest + " to " + highest
                    + ": both must be finite and above 0, and the second the greater; 1e-7 and 10 are usual");
        }
        if (steps < LearningRateFinderResult.FEWEST) {
            throw new IllegalArgumentException("a range test of " + steps + " steps shows too little: at least "
                    + LearningRateFinderResult.FEWEST + ", 100 are usual");
        }
    }

    @Override
    public double factor(double epoch, int epochs) {
        return at(epoch / epochs);
    }

    @Override
    public double factor(long step, long ofPhase, int epochs) {
        return at((double) step / (steps - 1));
    }

    private double at(double progress) {
        return lowest * Math.pow(highest / lowest, progress);
    }

    /** A text for people: {@code up to 100 steps at rates from 1e-7 to 10}. */
    @Override
    public String toString() {
        return "up to " + steps + " steps at rates from " + text(lowest) + " to " + text(highest);
    }

    private static String text(double rate) {
        return String.valueOf(rate).replace(".0E", "e").replaceFirst("[.]0$", "");
    }
}
