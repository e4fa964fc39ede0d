package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;

/** Arrays by names with prefixes, as they lie in a checkpoint. */
final class NamedArrays {

    private NamedArrays() {}

    /**
     * The array of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static NDArray of(Map<String, NDArray> all, String name) {
        NDArray array = all.get(name);
        if (array == null) {
            throw new IllegalArgumentException("the checkpoint has no array '" + name + "'");
        }
        return array;
    }

    /** Those whose names start with a prefix, by the rest of their names. */
    static Map<String, NDArray> under(String prefix, Map<String, NDArray> all) {
        Map<String, NDArray> part = new LinkedHashMap<>();
        all.forEach((name, array) -> {
            if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), array);
            }
        });
        return part;
    }

    /** Adds arrays with a prefix before their names. */
    static void add(Map<String, NDArray> all, String prefix, Map<String, NDArray> part) {
        part.forEach((name, array) -> all.put(prefix + name, array));
    }
}
