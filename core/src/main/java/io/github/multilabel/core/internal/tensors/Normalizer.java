package io.github.multilabel.core.internal.tensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.image.Preprocessing;
import java.util.List;

/** Turns the bytes of a batch into what a backbone sees, on the device of the batch. */
public final class Normalizer {

    private static final Shape CHANNELS = new Shape(1, 3, 1, 1);
    private static final double WHITE = 255;

    private Normalizer() {}

    /**
     * Computes {@code (image / 255 - mean) / std} per channel.
     *
     * @param image (N, 3, H, W) uint8; not changed
     * @param preprocessing has mean and std
     * @return (N, 3, H, W) float32 with the memory layout of {@code image}, owned by {@code image}'s manager
     */
    public static NDArray normalize(NDArray image, Preprocessing preprocessing) {
        NDManager manager = image.getManager();
        try (NDArray mean = channels(manager, preprocessing.mean());
                NDArray std = channels(manager, preprocessing.std())) {
            // a type first: dividing uint8 would give float64
            return image.toType(DataType.FLOAT32, true).subi(mean).divi(std);
        }
    }

    private static NDArray channels(NDManager manager, List<Double> values) {
        float[] scaled = new float[values.size()];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (values.get(i) * WHITE);
        }
        return manager.create(scaled, CHANNELS);
    }
}
