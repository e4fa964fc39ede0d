package io.github.multilabel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.model.drift.UsualFeatures;
import io.github.multilabel.model.weights.Safetensors;
import io.github.multilabel.model.weights.TensorInfo;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Usual features as tensors in the file of the weights: {@code usual.mean} (F), {@code usual.directions} (D, F) and
 * {@code usual.variances} (D + 1).
 */
final class UsualWeights {

    private static final String MEAN = "usual.mean";
    private static final String DIRECTIONS = "usual.directions";
    private static final String VARIANCES = "usual.variances";

    /** Of all of them. */
    static final Set<String> NAMES = Set.of(MEAN, DIRECTIONS, VARIANCES);

    private UsualWeights() {}

    /** The arrays by name, owned by a manager. */
    static Map<String, NDArray> of(UsualFeatures features, NDManager manager) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        arrays.put(MEAN, manager.create(features.mean(), new Shape(features.size())));
        arrays.put(
                DIRECTIONS,
                manager.create(features.directions(), new Shape(features.directionCount(), features.size())));
        arrays.put(VARIANCES, manager.create(features.variances(), new Shape(features.directionCount() + 1)));
        return arrays;
    }

    /**
     * Reads them.
     *
     * @param features the number of features of the backbone
     * @throws IllegalArgumentException if one is missing, or they do not fit each other or the backbone
     */
    static UsualFeatures read(Safetensors file, int features, NDManager manager) throws IOException {
        Map<String, TensorInfo> tensors = file.tensors();
        for (String name : NAMES) {
            if (!tensors.containsKey(name)) {
                throw new IllegalArgumentException(ModelFolder.WEIGHTS + " lacks " + name
                        + ", which the description of the model says is there ('unusual')");
            }
        }
        Shape shape = Objects.requireNonNull(tensors.get(DIRECTIONS)).shape();
        if (shape.dimension() != 2 || shape.get(1) != features) {
            throw new IllegalArgumentException(ModelFolder.WEIGHTS + " does not fit the description of the model: "
                    + DIRECTIONS + " has shape " + shape + ", the backbone gives " + features + " features");
        }
        try (NDManager arrays = manager.newSubManager()) {
            float[] directions = file.read(arrays, DIRECTIONS).toFloatArray();
            float[][] rows = new float[(int) shape.get(0)][];
            Arrays.setAll(rows, row -> Arrays.copyOfRange(directions, row * features, (row + 1) * features));
            return new UsualFeatures(
                    file.read(arrays, MEAN).toFloatArray(),
                    rows,
                    file.read(arrays, VARIANCES).toFloatArray());
        }
    }
}
