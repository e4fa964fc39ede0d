package io.github.multilabel.training.schedule;

/**
 * Half a cosine from a first factor up to 1, another down to a last factor.
 *
 * @param warmUp the fraction of the training that the rise takes
 * @param first above 0, at most 1
 * @param last above 0, at most {@code first}
 */
record OneCycle(double warmUp, double first, double last) implements LearningRateSchedule {

    OneCycle {
        if (!(warmUp > 0 && warmUp < 1)) {
            throw new IllegalArgumentException("warm-up fraction " + warmUp + " is outside (0, 1)");
        }
        if (!(first > 0 && first <= 1 && last > 0 && last <= first)) {
            throw new IllegalArgumentException(
                    "one cycle starts from " + first + " times the learning rate and ends at " + last
                            + " times; both divisors must be finite and at least 1");
        }
    }

    /** The text is the format of checkpoints, and stays. */
    @Override
    public String describe() {
        return "one cycle with a warm-up of " + warmUp + " from " + first + " to " + last;
    }

    @Override
    public double factor(double epoch, int epochs) {
        return factor(epoch / epochs, warmUp, 1);
    }

    /** PyTorch's peak is one step before the warm-up is over, its end is the last step. */
    @Override
    public double factor(long step, long steps, int epochs) {
        return factor(step, warmUp * steps - 1, steps - 1);
    }

    private double factor(double now, double peak, double end) {
        if (now < peak) {
            return between(first, 1, now / peak);
        }
        // a training so short that the peak lies before its first step starts from the peak
        double from = Math.max(peak, 0);
        return end <= from ? 1 : between(1, last, (now - from) / (end - from));
    }

    private static double between(double from, double to, double progress) {
        return to + (from - to) / 2 * (1 + Math.cos(Math.PI * progress));
    }
}
