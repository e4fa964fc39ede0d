package io.github.multilabel.model.network;

import io.github.multilabel.core.internal.message.Excerpt;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A named operation with the names of the layers that it reads.
 *
 * @param name unique in its network; its parameters' names begin with it
 * @param stage the part of the network that it belongs to
 * @param op what it computes
 * @param inputs names of earlier layers, or {@link #IMAGE}
 */
record Layer(String name, String stage, Op op, List<String> inputs) {

    /** What a network's first layer reads. */
    static final String IMAGE = "image";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*");
    private static final int LONGEST_NAME = 200;

    Layer {
        requireName("layer", name);
        requireName("stage", stage);
        inputs = List.copyOf(inputs);
        if (inputs.size() != op.arity()) {
            throw new IllegalArgumentException("needs " + op.arity() + " inputs, got " + Excerpt.of(inputs));
        }
    }

    static void requireName(String what, String name) {
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    what + " name '" + Excerpt.of(name) + "' is not usable: it needs letters A-Z and"
                            + " a-z, digits and underscores, parted by dots, at most " + LONGEST_NAME + " characters");
        }
    }

    /** Its parameters by their full names. */
    List<ParameterSpec> parameters() {
        return op.parameters().stream().map(spec -> spec.in(name)).toList();
    }
}
