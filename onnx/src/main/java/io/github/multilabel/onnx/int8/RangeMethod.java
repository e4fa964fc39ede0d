package io.github.multilabel.onnx.int8;

import java.util.Comparator;
import java.util.stream.IntStream;

/** How the range of a value's numbers follows from what calibration images make of it. */
public enum RangeMethod {
    /** From the least to the largest. */
    MIN_MAX,
    /** That of 99.99 % of the numbers; the rest becomes its ends. */
    PERCENTILE,
    /** That which the numbers differ least from, in the mean of the squares, once they are kept in it. */
    MEAN_SQUARED_ERROR;

    private static final double FRACTION = 0.9999;
    /** Ranges are tried in these many parts of the widest. */
    private static final int PARTS = 100;

    private static final int LEAST_PARTS = 20;

    /** The range by this method. */
    static ActivationRange range(RangeMethod method, Histogram histogram) {
        return switch (method) {
            case MIN_MAX -> new ActivationRange(histogram.min(), histogram.max());
            case PERCENTILE -> histogram.quantiles(FRACTION);
            case MEAN_SQUARED_ERROR ->
                IntStream.rangeClosed(LEAST_PARTS, PARTS)
                        .mapToObj(parts ->
                                new ActivationRange(histogram.min() * parts / PARTS, histogram.max() * parts / PARTS))
                        .min(Comparator.comparingDouble(histogram::meanSquaredError))
                        .orElseThrow();
        };
    }
}
