package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.internal.message.Excerpt;
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
 *
 * <p>For one thread.
 */
public final class NetworkBuilder {

    /** Any size at which the layers can be checked; what they compute does not depend on it. */
    private static final Shape REFERENCE = new Shape(Pixels.CHANNELS, 224, 224);

    /** Eight gigabytes of float32: far more than any backbone, far less than a hostile description can ask for. */
    private static final long MOST_PARAMETERS = 1L << 31;

    private final String name;
    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private String stage = "stem";
    private String last = Layer.IMAGE;
    private ConvInit init = ConvInit.FAN_OUT;
    private double eps = 1e-5;
    private double momentum = 0.1;

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

    /** How the convolutions that follow start; {@code FAN_OUT} unless set. */
    public NetworkBuilder init(ConvInit init) {
        this.init = Objects.requireNonNull(init, "init");
        return this;
    }

    /**
     * The numbers of the batch norms that follow; PyTorch's defaults, 1e-5 and 0.1, unless set.
     *
     * @param eps is added to the variance
     * @param momentum the fraction of a new batch in the running statistics, as PyTorch counts it
     */
    public NetworkBuilder norms(double eps, double momentum) {
        this.eps = eps;
        this.momentum = momentum;
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
        return conv(name, channels, kernel, stride, kernel / 2, 1, false);
    }

    /**
     * A convolution.
     *
     * @param padding zeros at each border
     * @param groups the parts into which the maps are split, each with a convolution of its own
     * @param bias whether a number is added to each map
     */
    public NetworkBuilder conv(
            String name, int channels, int kernel, int stride, int padding, int groups, boolean bias) {
        return append(
                name, () -> new Conv2d(channels(), channels, kernel, stride, padding, 1, groups, bias, init), last);
    }

    /** Zeros for a window that follows and is not padded itself, as TensorFlow's SAME puts them. */
    public NetworkBuilder padSame(String name, int kernel, int stride) {
        return append(name, () -> new PadSame(kernel, stride), last);
    }

    /** A batch norm; see {@link #norms}. */
    public NetworkBuilder norm(String name) {
        return append(name, () -> new BatchNorm2d(channels(), eps, momentum), last);
    }

    /** A normalisation over the last axis: the channels of a token, or of a pixel after {@link #channelsLast}. */
    public NetworkBuilder layerNorm(String name, double eps) {
        return append(name, () -> new LayerNorm(lastAxis(), eps), last);
    }

    /**
     * A matrix product over the last axis, with a bias.
     *
     * @param size the length of the last axis of the result
     * @param deviation of the normal distribution from which its weight starts
     */
    public NetworkBuilder linear(String name, int size, double deviation) {
        return append(name, () -> new Linear(lastAxis(), size, deviation), last);
    }

    /** A learned factor, named as its layer, for each position of the last axis; {@code start} before training. */
    public NetworkBuilder layerScale(String name, double start) {
        return append(name, () -> new LayerScale(lastAxis(), start), last);
    }

    /** The larger of 0 and the input. */
    public NetworkBuilder relu(String name) {
        return append(name, Relu::new, last);
    }

    /** The input between 0 and 6. */
    public NetworkBuilder relu6(String name) {
        return append(name, Relu6::new, last);
    }

    /** x sigmoid(x), also called swish. */
    public NetworkBuilder silu(String name) {
        return append(name, Silu::new, last);
    }

    /** x hardsigmoid(x). */
    public NetworkBuilder hardswish(String name) {
        return append(name, Hardswish::new, last);
    }

    /** 1 / (1 + exp(-x)). */
    public NetworkBuilder sigmoid(String name) {
        return append(name, Sigmoid::new, last);
    }

    /** x / 6 + 1 / 2, between 0 and 1. */
    public NetworkBuilder hardsigmoid(String name) {
        return append(name, Hardsigmoid::new, last);
    }

    /** x times the fraction of a standard normal distribution below x. */
    public NetworkBuilder gelu(String name) {
        return append(name, Gelu::new, last);
    }

    /** The maximum in a square window, padded by half its kernel. */
    public NetworkBuilder maxPool(String name, int kernel, int stride) {
        return append(name, () -> new MaxPool2d(kernel, stride, kernel / 2), last);
    }

    /** The sum of the last layer and another of the same shape. */
    public NetworkBuilder add(String name, String other) {
        return append(name, Add::new, last, other);
    }

    /** Maps of another layer, each multiplied by its own number of the last layer, (C, 1, 1). */
    public NetworkBuilder scale(String name, String maps) {
        return append(name, Multiply::new, maps, last);
    }

    /** The mean of each map, as maps (C, 1, 1). */
    public NetworkBuilder squeeze(String name) {
        return append(name, Squeeze::new, last);
    }

    /** Maps (C, H, W) as (H, W, C). */
    public NetworkBuilder channelsLast(String name) {
        return append(name, ChannelsLast::new, last);
    }

    /** (H, W, C) as maps (C, H, W). */
    public NetworkBuilder channelsFirst(String name) {
        return append(name, ChannelsFirst::new, last);
    }

    /**
     * Maps (C, H, W) as tokens (1 + H W, C): first a learned one, and to each its learned position added. Both
     * parameters are named as their layers.
     *
     * @param grid height and width of the grid for which positions are learned; they are resized to that of the image
     */
    public NetworkBuilder tokens(String classToken, String positions, int grid) {
        String maps = last;
        append(classToken, () -> new ClassToken(channels()), maps);
        return append(positions, () -> new PositionEmbedding(lastAxis(), grid), maps, classToken);
    }

    /** Attention among tokens: of queries, keys and values side by side, (T, 3 C), to (T, C). */
    public NetworkBuilder attention(String name, int heads) {
        return append(name, () -> new Attention(lastAxis() / 3, heads), last);
    }

    /** The first token: the features. */
    public NetworkBuilder firstToken(String name) {
        return append(name, FirstToken::new, last);
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
        Shape output = lastShape();
        if (output.dimension() != 1) {
            throw new IllegalArgumentException("network '" + Excerpt.of(name) + "' must end with features (F), but "
                    + last + " gives " + output + "; end with globalAveragePool");
        }
        Set<String> unused = new HashSet<>(shapes.keySet());
        layers.forEach(layer -> layer.inputs().forEach(unused::remove));
        unused.remove(last);
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException("network '" + Excerpt.of(name) + "': nothing uses the result of "
                    + Excerpt.of(unused.stream().sorted().toList()));
        }
        long size = layers.stream()
                .flatMap(layer -> layer.parameters().stream())
                .mapToLong(spec -> spec.shape().size())
                .sum();
        if (size > MOST_PARAMETERS) {
            throw new IllegalArgumentException("network '" + Excerpt.of(name) + "' has " + size
                    + " parameters, more than " + MOST_PARAMETERS + " are not supported");
        }
        return part();
    }

    /** What was described, of which another network may compute the rest. */
    Network part() {
        return new Network(name, layers, (int) lastShape().get(0));
    }

    private Shape lastShape() {
        return Objects.requireNonNull(shapes.get(last), last);
    }

    private int channels() {
        return (int) lastShape().get(0);
    }

    private int lastAxis() {
        Shape shape = lastShape();
        return (int) shape.get(shape.dimension() - 1);
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
            throw new IllegalArgumentException(
                    "network '" + Excerpt.of(name) + "', layer '" + Excerpt.of(layer) + "': " + e.getMessage(), e);
        }
        last = layer;
        return this;
    }

    private void requireKnown(String input) {
        if (!shapes.containsKey(input)) {
            throw new IllegalArgumentException("input '" + Excerpt.of(input) + "' is not described before it");
        }
    }
}
