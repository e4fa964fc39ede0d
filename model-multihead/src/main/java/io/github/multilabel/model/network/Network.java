package io.github.multilabel.model.network;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.image.Pixels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A backbone as data: layers with names, inputs and numbers. From this one description follow the native program that
 * {@link NetworkBlock} runs, the parameters under torchvision's or timm's names, the stages, the {@link #summary table}
 * and the JSON that a saved model holds. Immutable.
 *
 * <pre>{@code
 * Network network = Network.builder("tiny")
 *         .stage("stem").conv("conv1", 16, 3, 2).norm("bn1").relu("relu1")
 *         .stage("pool").globalAveragePool("avgpool")
 *         .build();
 * network.features(); // 16
 * }</pre>
 */
public final class Network {

    private static final int IMAGE_AXES = 4;
    private static final int MAP_AXES = 3;
    private static final int TOKEN_AXES = 2;
    /** Any size at which shapes can be computed. */
    static final int REFERENCE = 224;

    private final String name;
    private final List<Layer> layers;
    private final List<ParameterSpec> parameters;
    private final int features;

    Network(String name, List<Layer> layers, int features) {
        this.name = name;
        this.layers = List.copyOf(layers);
        this.parameters =
                layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
        this.features = features;
    }

    /**
     * Starts a description.
     *
     * @param name letters, digits, underscores and dots
     * @throws IllegalArgumentException if the name is not usable
     */
    public static NetworkBuilder builder(String name) {
        return new NetworkBuilder(name);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws MalformedModelException if the text is not a description of a network: not JSON, an unknown operation or
     *     field, a missing field, a number outside its range, an input that is no earlier layer, shapes that do not
     *     fit; the message names the layer
     */
    public static Network fromJson(String json) throws MalformedModelException {
        return NetworkJson.read(json);
    }

    /** The description as JSON; {@link #fromJson} gives an equal network. */
    public String toJson() {
        return NetworkJson.write(this);
    }

    /** The name, such as {@code resnet34}. */
    public String name() {
        return name;
    }

    /** The number of features F of the output (N, F). */
    public int features() {
        return features;
    }

    /**
     * The names of the layers by stage, both in order: for a ResNet {@code stem}, {@code layer1} to {@code layer4} and
     * {@code pool}. A layer's parameters are those whose names begin with its own and a dot, or are its own.
     */
    public Map<String, List<String>> stages() {
        Map<String, List<String>> stages = new LinkedHashMap<>();
        for (Layer layer : layers) {
            stages.computeIfAbsent(layer.stage(), stage -> new ArrayList<>()).add(layer.name());
        }
        stages.replaceAll((stage, names) -> List.copyOf(names));
        return Collections.unmodifiableMap(stages);
    }

    /** The parameters, running statistics included, each layer's in the order of PyTorch. */
    public List<ParameterSpec> parameters() {
        return parameters;
    }

    /**
     * A table of the layers: output shape for one image, trained parameters, multiply-adds of convolutions, matrix
     * products and attention; with totals.
     *
     * @param height of the image in pixels
     * @param width of the image in pixels
     * @throws IllegalArgumentException if the image is too small for a layer
     */
    public String summary(int height, int width) {
        return NetworkSummary.table(this, shapes(height, width));
    }

    /**
     * The side in pixels of the patches that the network cuts an image into at first, as vision transformers do: what
     * is left over at a border is not seen. 1 if it does not.
     */
    public int patchSize() {
        return layers.get(0).op() instanceof Conv2d first && first.kernel() == first.stride() ? first.stride() : 1;
    }

    List<Layer> layers() {
        return layers;
    }

    /** The first layers, the last of which gives (C, ...) or the features (F). */
    Network first(int count) {
        Shape output = shapeOf(layers.get(count - 1), shapes(REFERENCE, REFERENCE));
        return new Network(name, layers.subList(0, count), (int) output.get(0));
    }

    /**
     * The longest beginning, within the first layers, of which the layers after it read nothing but its last result,
     * and that as maps (C, H, W) or, if nothing follows, as features: tokens can have another data type than the
     * precision.
     *
     * @param most the number of layers that may belong to it
     * @return the number of layers, 0 if there is no such beginning
     */
    int separable(int most) {
        if (most == layers.size()) {
            return most;
        }
        Map<String, Shape> shapes = shapes(REFERENCE, REFERENCE);
        for (int count = most; count > 0; count--) {
            if (shapeOf(layers.get(count - 1), shapes).dimension() == MAP_AXES && isSeparable(count)) {
                return count;
            }
        }
        return 0;
    }

    private boolean isSeparable(int count) {
        Set<String> hidden = new HashSet<>();
        hidden.add(Layer.IMAGE);
        layers.subList(0, count - 1).forEach(layer -> hidden.add(layer.name()));
        return layers.subList(count, layers.size()).stream()
                .flatMap(layer -> layer.inputs().stream())
                .noneMatch(hidden::contains);
    }

    /**
     * The longest beginning of which the layers after it read nothing but its last result, and that with a place in the
     * image for each value: maps, or tokens of which a later layer makes one.
     *
     * @return the number of layers, 0 if there is no such beginning
     */
    int placedLayers() {
        Map<String, Shape> shapes = shapes(REFERENCE, REFERENCE);
        boolean isMixed = false;
        for (int count = layers.size(); count > 0; count--) {
            Layer last = layers.get(count - 1);
            Shape shape = shapeOf(last, shapes);
            boolean hasPlaces = hasTokens(shape) ? isMixed : hasMaps(shape);
            if (hasPlaces && isSeparable(count)) {
                return count;
            }
            isMixed |= last.op() instanceof Attention; // without it, no token but the first reaches the features
        }
        return 0;
    }

    static boolean hasTokens(Shape shape) {
        return shape.dimension() == TOKEN_AXES && shape.get(0) > 1;
    }

    private static boolean hasMaps(Shape shape) {
        return shape.dimension() == MAP_AXES && shape.get(1) * shape.get(2) > 1;
    }

    /** The maps (C, H, W) that the first layers give, or of which they made tokens. */
    static Shape maps(List<Layer> first, Map<String, Shape> shapes) {
        for (int i = first.size() - 1; i >= 0; i--) {
            Shape shape = shapeOf(first.get(i), shapes);
            if (hasMaps(shape)) {
                return shape;
            }
        }
        throw new IllegalStateException("no layer has maps");
    }

    /** @throws IllegalArgumentException unless the image is (N, 3, H, W) float32 */
    void requireImage(NDArray image) {
        requireImage(image.getShape());
        if (image.getDataType() != DataType.FLOAT32) {
            throw new IllegalArgumentException("network '" + name + "' takes normalised float32 images, got "
                    + image.getDataType() + "; see Normalizer");
        }
    }

    /** @throws IllegalArgumentException unless the shape is (N, 3, H, W) */
    void requireImage(Shape image) {
        if (image.dimension() != IMAGE_AXES || image.get(1) != Pixels.CHANNELS) {
            throw new IllegalArgumentException("network '" + name + "' takes images (N, 3, H, W), got " + image);
        }
    }

    /** The output shape of each layer for one image. */
    Map<String, Shape> shapes(long height, long width) {
        Map<String, Shape> shapes = new HashMap<>();
        shapes.put(Layer.IMAGE, new Shape(Pixels.CHANNELS, height, width));
        for (Layer layer : layers) {
            try {
                List<Shape> inputs = layer.inputs().stream().map(shapes::get).toList();
                shapes.put(layer.name(), layer.op().output(inputs));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "network '" + name + "' cannot take an image of " + height + " x " + width + " pixels: layer '"
                                + layer.name() + "' " + e.getMessage(),
                        e);
            }
        }
        return shapes;
    }

    static Shape shapeOf(Layer layer, Map<String, Shape> shapes) {
        return Objects.requireNonNull(shapes.get(layer.name()), layer.name());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network network && name.equals(network.name) && layers.equals(network.layers);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + layers.hashCode();
    }

    @Override
    public String toString() {
        return name + " (" + layers.size() + " layers, " + features + " features)";
    }
}
