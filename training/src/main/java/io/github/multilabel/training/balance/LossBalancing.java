package io.github.multilabel.training.balance;

import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * How the losses of the heads are weighed against each other while they learn:
 *
 * <pre>{@code
 * builder.optLossBalancing(LossBalancing.uncertainty());
 * }</pre>
 *
 * <p>The weights of a balance multiply the fixed head weights. They change what is learned, never what is reported:
 * losses per head are plain, and their sum has the fixed head weights only, in training as in validation, so that
 * epochs can be compared. A head without labels in a batch adds nothing to it, and its balance does not move.
 *
 * <p>Immutable: the state of a training is in the {@link LossBalancer} that it starts.
 */
@FunctionalInterface
public interface LossBalancing {

    /**
     * Starts a training.
     *
     * @param manager its device holds the state, which is freed with it at the latest
     * @param headWeights the fixed weight of each head
     */
    LossBalancer start(NDManager manager, List<Double> headWeights);

    /**
     * The text by which a checkpoint knows the balancing: a training is only resumed with one of the same text.
     * Override it in a balancing of your own that has settings.
     */
    default String describe() {
        return "of one's own";
    }

    /** The fixed head weights alone; the default. */
    static LossBalancing fixed() {
        return new NamedLossBalancing("fixed", (manager, headWeights) -> new FixedBalancer(headWeights.size()));
    }

    /**
     * By homoscedastic uncertainty (Kendall, Gal and Cipolla 2018), in the form for classification: {@code exp(-s) L +
     * s / 2} for each head, with a number {@code s}, the logarithm of the variance, that is learned by the optimizer
     * with the weights. Starts from 0, where all count alike; a head that stays uncertain counts less.
     */
    static LossBalancing uncertainty() {
        return new NamedLossBalancing(
                "uncertainty", (manager, headWeights) -> new UncertaintyBalancer(manager, headWeights.size()));
    }

    /** {@link #dynamicAverage(double)} with the authors' temperature of 2. */
    static LossBalancing dynamicAverage() {
        return dynamicAverage(2);
    }

    /**
     * By how fast each loss falls (dynamic weight average, Liu, Johns and Davison 2019): in each epoch {@code H
     * softmax(r / temperature)} over the H heads, r being the loss of the last epoch over that of the one before. All
     * count alike in the first two epochs; a head whose loss falls slowly counts more.
     *
     * @param temperature above 0; the higher, the more alike
     * @throws IllegalArgumentException if it is outside its range
     */
    static LossBalancing dynamicAverage(double temperature) {
        if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("temperature " + temperature + " is not a finite number above 0");
        }
        return new NamedLossBalancing(
                "dynamic average with temperature " + temperature,
                (manager, headWeights) -> new DynamicAverageBalancer(headWeights.size(), temperature));
    }

    /** {@link #gradNorm(double, double)} with the authors' alpha of 1.5 and a rate of 0.025. */
    static LossBalancing gradNorm() {
        return gradNorm(1.5, 0.025);
    }

    /**
     * By the gradients that the heads send to the last shared layer (GradNorm, Chen et al. 2018, algorithm 1): the
     * weights move so that a head's gradient has the mean norm, times {@code r^alpha}, r being the head's loss over its
     * first loss, over the mean of these ratios. Unlike there, the step of the weights is over the mean norm, so that
     * the rate means the same at any size of loss. Their sum stays the number of heads.
     *
     * <p>Costs one backward pass per head through that layer alone. Where the backbone is frozen no layer is shared and
     * the weights stay as they are.
     *
     * @param alpha at least 0: how strongly slow heads are helped
     * @param rate of the weights' own descent, above 0
     * @throws IllegalArgumentException if a value is outside its range
     */
    static LossBalancing gradNorm(double alpha, double rate) {
        if (!(alpha >= 0 && alpha < Double.POSITIVE_INFINITY && rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("alpha " + alpha + " and rate " + rate
                    + " of GradNorm must be finite, alpha at least 0 and the rate above 0");
        }
        return new NamedLossBalancing(
                "GradNorm with alpha " + alpha + " and rate " + rate,
                (manager, headWeights) -> new GradNormBalancer(manager, headWeights, alpha, rate));
    }
}
