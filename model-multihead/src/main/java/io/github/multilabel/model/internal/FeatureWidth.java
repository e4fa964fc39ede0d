package io.github.multilabel.model.internal;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** How many features a block gives for an image. */
public final class FeatureWidth {

    private static final int MAPS_AXES = 4;

    private FeatureWidth() {}

    /**
     * F of the features that a backbone gives.
     *
     * @throws IllegalArgumentException unless it gives one array (N, F) or (N, F, 1, 1)
     */
    public static long of(Shape... outputs) {
        if (outputs.length == 1) {
            Shape shape = outputs[0];
            boolean pooled = shape.dimension() == MAPS_AXES && shape.get(2) == 1 && shape.get(3) == 1;
            if (shape.dimension() == 2 || pooled) {
                return shape.get(1);
            }
        }
        throw new IllegalArgumentException("a backbone must give one array of features (N, F) or (N, F, 1, 1), this one"
                + " gives " + Arrays.toString(outputs) + "; add a global average pooling or leave out its classifier");
    }
}
