package io.github.multilabel.training;

/**
 * How the learning rate changes during training. By epoch, for example:
 *
 * <pre>{@code
 * builder.optSchedule((epoch, epochs) -> epoch < 4 ? 1 : 0.1);
 * }</pre>
 */
@FunctionalInterface
public interface Schedule {

    /**
     * The factor of the learning rate for one step.
     *
     * @param epoch the epochs that are over before the step, with a fraction: 2.5 is the middle of the third; in [0,
     *     {@code epochs})
     * @param epochs the number of epochs of the training
     * @return at least 0, usually at most 1
     */
    double factor(double epoch, int epochs);

    /** The same rate for all steps. */
    static Schedule constant() {
        return (epoch, epochs) -> 1;
    }

    /**
     * A linear rise over a first share of the training, then half a cosine down to 0 (Loshchilov and Hutter 2017). The
     * default, with a share of 0.05.
     *
     * @param share of the training that the rise takes, in [0, 1)
     * @throws IllegalArgumentException if the share is outside its range
     */
    static Schedule warmUpCosine(double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("warm-up share " + share + " is outside [0, 1)");
        }
        return (epoch, epochs) -> {
            double progress = epoch / epochs;
            return progress < share
                    ? (progress + 0.01 * share) / (1.01 * share) // the first step is small but does something
                    : (1 + Math.cos(Math.PI * (progress - share) / (1 - share))) / 2;
        };
    }
}
