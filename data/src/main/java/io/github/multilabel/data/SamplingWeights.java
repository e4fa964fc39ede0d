package io.github.multilabel.data;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.message.Given;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Decides how often each sample is drawn in training, against class imbalance: in proportion to its weight, with
 * replacement, so that an epoch can have a rare sample several times and a common one not at all.
 *
 * <pre>{@code
 * builder.optWeightedSampling(SamplingWeights.balanced("brand"));
 * builder.optWeightedSampling(SamplingWeights.each(sample -> sample.labels().isMissing("type") ? 0.5 : 1));
 * }</pre>
 *
 * <p>Called on the thread that builds the data set.
 */
@FunctionalInterface
public interface SamplingWeights {

    /**
     * The weights of some samples.
     *
     * @param heads of their labels
     * @param samples those in use
     * @return one per sample, finite and at least 0, not all 0; only their ratios matter
     * @throws IllegalArgumentException if they do not go with such heads
     */
    double[] of(HeadSet heads, List<Sample> samples);

    /**
     * A text that checkpoints keep, so that a training that is resumed can be compared with the one that was
     * interrupted. The weights themselves are compared, too.
     */
    default String describe() {
        return "custom weights";
    }

    /** A weight for each sample by itself. */
    static SamplingWeights each(ToDoubleFunction<Sample> weight) {
        return (heads, samples) -> samples.stream().mapToDouble(weight).toArray();
    }

    /**
     * Weights that make the categories of a head equally frequent: 1 by how often its category occurs. Of a multi-label
     * head an image counts by its rarest category, as in repeat factor sampling (Gupta et al. 2019, <a
     * href="https://arxiv.org/abs/1908.03195">LVIS</a>), for categories that come together cannot be made equally
     * frequent. An image without a label or category has the mean weight.
     *
     * <p>With several heads the weights are multiplied, which balances all of them if they are independent. Where they
     * are not, and combinations are rare, a few images can be drawn very often: prefer class weights then.
     *
     * @param names of the heads, at least one
     * @throws IllegalArgumentException if none is named
     */
    static SamplingWeights balanced(String... names) {
        if (Given.require(names, "names", "the names of heads, e.g. \"brand\"").length == 0) {
            throw new IllegalArgumentException("balanced() names no head; e.g. SamplingWeights.balanced(\"brand\")");
        }
        return new BalancedWeights(List.of(names));
    }
}
