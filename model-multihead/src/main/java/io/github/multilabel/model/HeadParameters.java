package io.github.multilabel.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.github.multilabel.model.internal.heads.HeadStack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of all heads: in a block few large arrays, in a file those of each head under its name. */
final class HeadParameters {

    static final String WEIGHT = ".weight";
    static final String BIAS = ".bias";

    /** A layer of the heads; its weight is (out, in), its bias (out). */
    private record Layer(HeadStack.Product product, Parameter weight, Parameter bias) {}

    private final List<Layer> layers = new ArrayList<>();

    HeadParameters(HeadStack stack) {
        for (HeadStack.Product product : stack.products()) {
            Parameter weight = parameter(product.name() + WEIGHT, Parameter.Type.WEIGHT);
            Parameter bias = parameter(product.name() + BIAS, Parameter.Type.BIAS);
            weight.setInitializer((manager, shape, type) -> uniform(weight, manager, shape, type));
            bias.setInitializer((manager, shape, type) -> uniform(weight, manager, shape, type));
            layers.add(new Layer(product, weight, bias));
        }
    }

    private static Parameter parameter(String name, Parameter.Type type) {
        return Parameter.builder().setName(name).setType(type).build();
    }

    /** As PyTorch's Linear starts: uniform within 1 / sqrt(in), weight and bias alike. */
    private static NDArray uniform(Parameter weight, NDManager manager, Shape shape, DataType dataType) {
        float bound = (float) (1 / Math.sqrt(weight.getShape().get(1)));
        return manager.randomUniform(-bound, bound, shape, dataType);
    }

    /** Weight and bias of each layer, in the order in which programs take them. */
    List<Parameter> all() {
        return layers.stream()
                .flatMap(layer -> List.of(layer.weight(), layer.bias()).stream())
                .toList();
    }

    /**
     * Gives all their shapes.
     *
     * @param features F of the backbone
     * @throws IllegalArgumentException if one has values of another shape
     */
    void prepare(long features) {
        for (Layer layer : layers) {
            prepare(layer.weight(), weightShape(layer, layer.product().out(), features));
            prepare(layer.bias(), new Shape(layer.product().out()));
        }
    }

    private static void prepare(Parameter parameter, Shape shape) {
        if (!parameter.isInitialized()) {
            parameter.setShape(shape);
        } else if (!parameter.getShape().equals(shape)) {
            throw new IllegalArgumentException("parameter '" + parameter.getName() + "' has shape "
                    + parameter.getShape() + ", these heads over this backbone need " + shape);
        }
    }

    private static Shape weightShape(Layer layer, int rows, long features) {
        return new Shape(
                rows, layer.product().in().isPresent() ? layer.product().in().getAsInt() : features);
    }

    /** Their values in a store. */
    NDList values(ParameterStore store, Device device, boolean training) {
        NDList values = new NDList();
        all().forEach(parameter -> values.add(store.getValue(parameter, device, training)));
        return values;
    }

    /** Their present arrays. */
    NDList arrays() {
        NDList arrays = new NDList();
        all().forEach(parameter -> arrays.add(parameter.getArray()));
        return arrays;
    }

    /** F of the backbone; call {@link #prepare} before. */
    long features() {
        Layer first = layers.get(0); // the heads of one layer or all hidden layers: their inputs are the features
        return first.weight().getShape().get(1);
    }

    /** The shapes by the names of a file, see {@link ModelWeights}. */
    Map<String, Shape> shapesInFile(long features) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (Layer layer : layers) {
            for (HeadStack.Rows rows : layer.product().rows()) {
                shapes.put(rows.name() + WEIGHT, weightShape(layer, rows.count(), features));
                shapes.put(rows.name() + BIAS, new Shape(rows.count()));
            }
        }
        return shapes;
    }

    /** The values by the names of a file, as views, owned by {@code views}. */
    Map<String, NDArray> namedAsInFile(NDManager views) {
        Map<String, NDArray> named = new LinkedHashMap<>();
        for (Layer layer : layers) {
            addRows(named, layer.product(), layer.weight(), WEIGHT, views);
            addRows(named, layer.product(), layer.bias(), BIAS, views);
        }
        return named;
    }

    private static void addRows(
            Map<String, NDArray> named,
            HeadStack.Product product,
            Parameter parameter,
            String ending,
            NDManager views) {
        int start = 0;
        for (HeadStack.Rows rows : product.rows()) {
            NDArray view = parameter.getArray().get(new NDIndex("{}:{}", start, start + rows.count()));
            view.attach(views);
            named.put(rows.name() + ending, view);
            start += rows.count();
        }
    }
}
