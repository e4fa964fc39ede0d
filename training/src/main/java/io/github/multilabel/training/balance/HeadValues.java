package io.github.multilabel.training.balance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.Map;

/** A number per head that outlives a stop of the training, as an array of a name. */
final class HeadValues {

    private final String name;
    private final double[] values;

    HeadValues(String name, int heads, double first) {
        this.name = "balance." + name;
        values = new double[heads];
        Arrays.fill(values, first);
    }

    double[] values() {
        return values;
    }

    void save(NDManager manager, Map<String, NDArray> state) {
        state.put(name, manager.create(values));
    }

    /** @throws IllegalArgumentException if the saved array does not fit */
    void requireFit(Map<String, NDArray> saved) {
        fitting(saved);
    }

    private NDArray fitting(Map<String, NDArray> saved) {
        NDArray array = saved.get(name);
        if (array == null || array.size() != values.length) {
            throw new IllegalArgumentException("state '" + name + "' of the balance must have " + values.length
                    + " numbers, one per head, got " + (array == null ? "nothing" : array.getShape()));
        }
        return array;
    }

    void restore(Map<String, NDArray> saved) {
        System.arraycopy(fitting(saved).toDoubleArray(), 0, values, 0, values.length);
    }
}
