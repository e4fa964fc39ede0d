package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.image.Pixels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Describes a {@link Network} layer by layer. Each layer reads the one described before it, unless {@link #from} names
 * another. Every layer is checked when it is described; a mistake is an {@link IllegalArgumentException} that names it.
 */
public final class NetworkBuilder {

    /** Any size at which the layers can be checked; what they compute does not depend on it. */
    private static final Shape REFERENCE = new Shape(Pixels.CHANNELS, 224, 224);

    /** Eight gigabytes of float32: far more than any backbone, far less than a hostile description can ask for. */
    private static final long MOST_PARAMETERS = 1L << 31;

    private static final double EPS = 1e-5;
    private static final double MOMENTUM = 0.1;

    private final String name;
    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private String stage = "stem";
    private String last = Layer.IMAGE;

    NetworkBuilder(String name) {
        Layer.requireName("network", name);
        this.name = name;
        shapes.put(Layer.IMAGE, REFERENCE);
    }

    /** Begins a stage: the layers that follow belong to it. The first is {@code stem} unless it is named. */
    public NetworkBuilder stage(String stage) {
        this.stage = stage;
        return this;
    }

    /** The name of the layer that was described last; {@code image} before the first. */
    public String last() {
        return last;
    }

    /** Lets the next layer read an earlier one. */
    public NetworkBuilder from(String layer) {
        requireKnown(layer);
        last = layer;
        return this;
    }

    /**
     * A convolution without bias, padded by half its kernel.
     *
     * @param channels the number of maps that it gives
     * @param kernel height and width of its kernel
     * @param stride 1 keeps the size of the maps, 2 halves it
     */
    public NetworkBuilder conv(String name, int channels, int kernel, int stride) {
        return append(name, () -> new Conv2d(channels(), channels, kernel, stride, kernel / 2, 1, 1, false), last);
    }

    /** A batch norm with PyTorch's defaults: eps 1e-5, momentum 0.1. */
    public NetworkBuilder norm(String name) {
        return append(name, () -> new BatchNorm2d(channels(), EPS, MOMENTUM), last);
    }

    /** The larger of 0 and the input. */
    public NetworkBuilder relu(String name) {
        return append(name, Relu::new, last);
    }

    /** The maximum in a square window, padded by half its kernel. */
    public NetworkBuilder maxPool(String name, int kernel, int stride) {
        return append(name, () -> new MaxPool2d(kernel, stride, kernel / 2), last);
    }

    /** The sum of the last layer and another of the same shape. */
    public NetworkBuilder add(String name, String other) {
        return append(name, Add::new, last, other);
    }

    /** The mean of each map: the features. */
    public NetworkBuilder globalAveragePool(String name) {
        return append(name, GlobalAveragePool::new, last);
    }

    /**
     * The network that was described; its output is the last layer.
     *
     * @throws IllegalArgumentException if the last layer does not give features (F), if the result of another is not
     *     used, or if there are more than 2^31 parameters
     */
    public Network build() {
        Shape output = shapes.get(last);
        if (output.dimension() != 1) {
            throw new IllegalArgumentException("network '" + name + "' must end with features (F), but " + last
                    + " gives " + output + "; end with globalAveragePool");
        }
        Set<String> unused = new HashSet<>(shapes.keySet());
        layers.forEach(layer -> layer.inputs().forEach(unused::remove));
        unused.remove(last);
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException("network '" + name + "': nothing uses the result of "
                    + unused.stream().sorted().toList());
        }
        long size = layers.stream()
                .flatMap(layer -> layer.parameters().stream())
                .mapToLong(spec -> spec.shape().size())
                .sum();
        if (size > MOST_PARAMETERS) {
            throw new IllegalArgumentException("network '" + name + "' has " + size + " parameters, more than "
                    + MOST_PARAMETERS + " are not supported");
        }
        return new Network(name, layers, (int) output.get(0));
    }

    private int channels() {
        return (int) shapes.get(last).get(0);
    }

    private NetworkBuilder append(String layer, Supplier<Op> op, String... inputs) {
        return append(layer, stage, op, List.of(inputs));
    }

    NetworkBuilder append(String layer, String stage, Op op, List<String> inputs) {
        return append(layer, stage, () -> op, inputs);
    }

    private NetworkBuilder append(String layer, String stage, Supplier<Op> described, List<String> inputs) {
        Objects.requireNonNull(layer, "layer");
        try {
            if (shapes.containsKey(layer)) {
                throw new IllegalArgumentException("is described twice");
            }
            inputs.forEach(this::requireKnown);
            Op op = described.get(); // its numbers are checked here, so that a message names the layer
            layers.add(new Layer(layer, stage, op, inputs));
            shapes.put(layer, op.output(inputs.stream().map(shapes::get).toList()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("network '" + name + "', layer '" + layer + "': " + e.getMessage(), e);
        }
        last = layer;
        return this;
    }

    private void requireKnown(String input) {
        if (!shapes.containsKey(input)) {
            throw new IllegalArgumentException("input '" + input + "' is not described before it");
        }
    }
}
