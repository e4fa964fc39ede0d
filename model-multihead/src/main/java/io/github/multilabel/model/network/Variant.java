package io.github.multilabel.model.network;

import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.internal.heads.HeadStack;
import java.util.Set;

/**
 * Which of a network's programs is meant.
 *
 * @param precision the data type of convolutions, not {@code AUTO}
 * @param updating the batch norms that normalise by the batch and update their statistics; none when evaluating
 * @param start how many layers at the start are not computed: the program takes what the last of them gives
 * @param heads over the features, as they are computed now; none for the features themselves
 * @param depthwise how depthwise convolutions are written; plain unless gradients will be asked for on a CPU
 * @param dropRate see {@link StochasticDepth}; 0 when evaluating
 */
record Variant(
        Precision precision, Set<String> updating, int start, HeadStack heads, Depthwise depthwise, double dropRate) {

    /** Uses the running statistics everywhere, and drops nothing. */
    static Variant evaluation(Precision precision, int start, HeadStack heads) {
        return new Variant(precision, Set.of(), start, heads.evaluating(), Depthwise.PLAIN, 0);
    }
}
