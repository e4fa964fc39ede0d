package io.github.multilabel.model.internal.heads;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.onnx.OnnxGraph;
import io.github.multilabel.core.internal.onnx.OnnxWeights;
import io.github.multilabel.model.heads.HeadLayers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * All heads over the features of a backbone, as matrix products. Heads without a hidden layer are one product together,
 * and so are all hidden layers; behind these each head has a product of its own.
 *
 * @param heads in the order of the results
 * @param distanceScale by what features of length 1 are multiplied where the distance to usual features is a result
 *     too, the last; empty if it is not
 */
public record HeadStack(List<Part> heads, OptionalDouble distanceScale) {

    private static final HeadStack NONE = new HeadStack(List.of());

    /**
     * One head.
     *
     * @param name of the head
     * @param logits how many
     * @param layers between features and logits
     */
    public record Part(String name, int logits, HeadLayers layers) {

        boolean isDeep() {
            return layers.hidden().isPresent();
        }
    }

    /**
     * A linear layer with a weight (out, in) and a bias (out).
     *
     * @param name of its parameters: {@code NAME.weight} and {@code NAME.bias}
     * @param in the length of its input; empty for that of the features
     * @param rows what belongs to which head, in order
     */
    public record Product(String name, OptionalInt in, List<Rows> rows) {

        /** The length of its result. */
        public int out() {
            return rows.stream().mapToInt(Rows::count).sum();
        }

        List<Integer> counts() {
            return rows.stream().map(Rows::count).toList();
        }
    }

    /**
     * The rows of a linear layer that belong to one head.
     *
     * @param name of the head's own parameters, {@code heads.NAME} or {@code hidden.NAME}
     * @param count how many
     */
    public record Rows(String name, int count) {}

    /** Heads alone. */
    public HeadStack(List<Part> heads) {
        this(heads, OptionalDouble.empty());
    }

    /** Copies the list. */
    public HeadStack {
        heads = List.copyOf(heads);
    }

    /** No heads: the features themselves. */
    public static HeadStack none() {
        return NONE;
    }

    /**
     * The heads of a model.
     *
     * @param layers by the name of the head; a head that is not named is one linear layer
     * @throws IllegalArgumentException for an unknown head, which the message shows with those that are near
     */
    public static HeadStack of(HeadSet heads, Map<String, HeadLayers> layers) {
        layers.keySet().forEach(heads::get);
        return new HeadStack(heads.stream()
                .map((Head head) ->
                        new Part(head.name(), head.size(), layers.getOrDefault(head.name(), HeadLayers.linear())))
                .toList());
    }

    /**
     * The same with the distance (N, 1) to usual features as the last result. Behind the parameters of the products
     * come the scaled mean (F) and the scaled directions (D, F).
     */
    public HeadStack withDistance(double scale) {
        return new HeadStack(heads, OptionalDouble.of(scale));
    }

    /** The same as it predicts: nothing is dropped. */
    public HeadStack evaluating() {
        return new HeadStack(
                heads.stream()
                        .map(head -> new Part(
                                head.name(), head.logits(), head.layers().withDropout(0)))
                        .toList(),
                distanceScale);
    }

    /** How many arrays a program takes: weight and bias of each product, and two for the distance. */
    public int parameterCount() {
        return 2 * products().size() + (distanceScale.isPresent() ? 2 : 0);
    }

    /**
     * The expression of a program text for the list of the logits (N, K) of each head.
     *
     * @param features the name of the features (N, F) float32 in the text
     * @param parameters the names of weight and bias of each of {@link #products}, in order, and of what follows
     * @param local gives an expression a name, so that it is computed once
     */
    public String logits(String features, List<String> parameters, UnaryOperator<String> local) {
        return HeadText.logits(this, features, parameters, local);
    }

    /**
     * Adds the heads to a graph of ONNX, as they predict.
     *
     * @param features the name of the features (N, F) in the graph
     * @param weights of the graph
     * @param parameters the expressions of weight and bias of each of {@link #products}, in order, and of what follows
     * @return the names of the logits (N, K) of each head, and of the distance (N, 1) if there is one
     */
    public List<String> onnx(OnnxGraph graph, String features, OnnxWeights weights, List<String> parameters) {
        return HeadOnnx.logits(this, graph, features, weights, parameters);
    }

    /** The heads that are one linear layer, in order. */
    List<Part> linear() {
        return heads.stream().filter(head -> !head.isDeep()).toList();
    }

    /** The heads with a hidden layer, in order. */
    List<Part> deep() {
        return heads.stream().filter(Part::isDeep).toList();
    }

    /**
     * The layers in the order in which a program takes their parameters, weight before bias: {@code heads}, the heads
     * of one layer together; {@code hidden}, all hidden layers together; and {@code heads.NAME} for each head behind
     * one. What has no rows is left out.
     */
    public List<Product> products() {
        List<Product> products = new ArrayList<>();
        products.add(new Product(
                "heads",
                OptionalInt.empty(),
                linear().stream()
                        .map(head -> new Rows("heads." + head.name(), head.logits()))
                        .toList()));
        products.add(new Product(
                "hidden",
                OptionalInt.empty(),
                deep().stream()
                        .map(head -> new Rows(
                                "hidden." + head.name(), head.layers().hidden().getAsInt()))
                        .toList()));
        products.removeIf(product -> product.rows().isEmpty());
        deep().forEach(head -> {
            String name = "heads." + head.name();
            products.add(new Product(name, head.layers().hidden(), List.of(new Rows(name, head.logits()))));
        });
        return products;
    }
}
