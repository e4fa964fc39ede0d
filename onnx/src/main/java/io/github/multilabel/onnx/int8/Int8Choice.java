package io.github.multilabel.onnx.int8;

import java.util.Set;

/**
 * How a graph is brought to int8.
 *
 * @param ranges how the ranges of values are found
 * @param isBiasCorrected whether biases make up for the mean error of rounded weights
 * @param floatLayers the names of the layers that stay in float32
 */
public record Int8Choice(RangeMethod ranges, boolean isBiasCorrected, Set<String> floatLayers) {

    /** Copies the set. */
    public Int8Choice {
        floatLayers = Set.copyOf(floatLayers);
    }

    /** The same without correction. */
    public Int8Choice uncorrected() {
        return new Int8Choice(ranges, false, floatLayers);
    }

    /** The same with other layers in float32. */
    public Int8Choice withFloatLayers(Set<String> others) {
        return new Int8Choice(ranges, isBiasCorrected, others);
    }
}
