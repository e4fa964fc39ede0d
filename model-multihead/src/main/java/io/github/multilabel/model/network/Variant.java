package io.github.multilabel.model.network;

import io.github.multilabel.core.torch.Precision;
import java.util.List;
import java.util.Set;

/**
 * Which of a network's programs is meant.
 *
 * @param precision the data type of convolutions, not {@code AUTO}
 * @param updating the batch norms that normalise by the batch and update their statistics; none when evaluating
 * @param start how many layers at the start are not computed: the program takes what the last of them gives
 * @param heads the numbers of logits of the linear heads over the features; empty for the features themselves
 * @param slim whether gradients will be asked for on a CPU, where oneDNN computes some only of narrow kernels fast
 * @param dropRate see {@link StochasticDepth}; 0 when evaluating
 */
record Variant(
        Precision precision, Set<String> updating, int start, List<Integer> heads, boolean slim, double dropRate) {

    /** Uses the running statistics everywhere. */
    static Variant evaluation(Precision precision, List<Integer> heads) {
        return new Variant(precision, Set.of(), 0, heads, false, 0);
    }
}
