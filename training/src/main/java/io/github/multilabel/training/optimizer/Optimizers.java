package io.github.multilabel.training.optimizer;

/**
 * The optimizers on offer. Weight decay spares parameters of one dimension: biases, and the scales and offsets of
 * normalisations.
 */
public final class Optimizers {

    private Optimizers() {}

    /** {@link #sgd(double, double)} with momentum 0.9 and weight decay 1e-4. */
    public static OptimizerSettings sgd() {
        return sgd(0.9, 1e-4);
    }

    /**
     * Stochastic gradient descent, as PyTorch's {@code SGD}: {@code v = momentum v + g + weightDecay w}, {@code w = w -
     * rate v}.
     *
     * @param momentum in [0, 1); 0.9 is usual
     * @param weightDecay at least 0; 1e-4 is usual
     * @throws IllegalArgumentException if a value is outside its range
     */
    public static OptimizerSettings sgd(double momentum, double weightDecay) {
        return new Sgd(momentum, weightDecay);
    }

    /** {@link #adamW(double)} with weight decay 0.01. */
    public static OptimizerSettings adamW() {
        return adamW(0.01);
    }

    /**
     * {@link #adamW(double, double, double, double)} with the betas 0.9 and 0.999 and epsilon 1e-8.
     *
     * @throws IllegalArgumentException if the weight decay is negative
     */
    public static OptimizerSettings adamW(double weightDecay) {
        return adamW(0.9, 0.999, 1e-8, weightDecay);
    }

    /**
     * Adam with decoupled weight decay (Loshchilov and Hutter 2019), as PyTorch's {@code AdamW}.
     *
     * @param beta1 how long the mean of the gradient remembers, in [0, 1)
     * @param beta2 how long the mean of its square remembers, in [0, 1)
     * @param epsilon above 0, keeps the division finite
     * @param weightDecay at least 0; each step takes {@code rate * weightDecay} of each weight away
     * @throws IllegalArgumentException if a value is outside its range
     */
    public static OptimizerSettings adamW(double beta1, double beta2, double epsilon, double weightDecay) {
        return new AdamW(beta1, beta2, epsilon, weightDecay);
    }
}
