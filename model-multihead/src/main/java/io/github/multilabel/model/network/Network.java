package io.github.multilabel.model.network;

import ai.djl.MalformedModelException;
import java.util.List;
import java.util.Map;

/** A backbone as data. */
public final class Network {

    /** The name, such as {@code resnet34}. */
    public String name() {
        throw new UnsupportedOperationException();
    }

    /** The number of features F of its output (N, F). */
    public int features() {
        throw new UnsupportedOperationException();
    }

    /** The names of the layers of each stage, in order: stem, layer1, ... */
    public Map<String, List<String>> stages() {
        throw new UnsupportedOperationException();
    }

    /** The parameters in order. */
    public List<ParameterSpec> parameters() {
        throw new UnsupportedOperationException();
    }

    /** A table of layers, output shapes, parameters and multiply-adds. */
    public String summary(int height, int width) {
        throw new UnsupportedOperationException();
    }

    /** The description as JSON. */
    public String toJson() {
        throw new UnsupportedOperationException();
    }

    /** Reads what {@link #toJson} wrote. */
    public static Network fromJson(String json) throws MalformedModelException {
        throw new UnsupportedOperationException();
    }
}
