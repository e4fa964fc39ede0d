package io.github.multilabel.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.core.internal.onnx.OnnxGraph;
import io.github.multilabel.core.internal.programs.TorchPrograms;
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.core.torch.TorchValue;
import io.github.multilabel.model.internal.HeatProgram;
import io.github.multilabel.model.internal.NetworkScript;
import io.github.multilabel.model.internal.PreparedNetwork;
import io.github.multilabel.model.internal.WideKernels;
import io.github.multilabel.model.internal.heads.HeadStack;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A {@link Network} as a DJL block: (N, 3, H, W) float32, normalised, to features (N, F) float32, in one native call.
 *
 * <p>Its parameters are ordinary DJL parameters under the names of the description, {@code conv1.weight} and so on.
 * Running statistics are parameters that never require a gradient. A batch norm whose own parameters are frozen uses
 * its running statistics and leaves them as they are, also while training; layers before the first trained one build no
 * graph.
 *
 * <p>When evaluating, no graph is built. The results belong to the manager of the images. One thread at a time.
 */
public final class NetworkBlock extends AbstractBlock implements AutoCloseable {

    private final Network network;
    private final TorchPrograms<Variant> programs;
    private final Map<String, String> layers = new HashMap<>();
    private Precision precision = Precision.FLOAT32;
    private double stochasticDepth;

    /** Creates a block with its own parameters. Call {@link #initialize} before using it. */
    public NetworkBlock(Network network) {
        this.network = network;
        this.programs = new TorchPrograms<>(variant -> NetworkText.forward(network, variant));
        network.parameters().forEach(spec -> addParameter(spec.newParameter()));
        for (Layer layer : network.layers()) {
            layer.parameters().forEach(spec -> layers.put(spec.name(), layer.name()));
        }
    }

    /** The description. */
    public Network network() {
        return network;
    }

    /** The parameters of each stage that has some, in order, running statistics included. */
    public Map<String, List<Parameter>> parametersByStage() {
        Map<String, List<Parameter>> stages = new LinkedHashMap<>();
        for (Layer layer : network.layers()) {
            for (ParameterSpec spec : layer.parameters()) {
                stages.computeIfAbsent(layer.stage(), stage -> new ArrayList<>())
                        .add(parameter(spec));
            }
        }
        return stages;
    }

    /** Sets the data type of convolutions; {@code FLOAT32} by default. Parameters stay float32. */
    public void setPrecision(Precision precision) {
        this.precision = Objects.requireNonNull(precision, "precision");
    }

    /**
     * Sets how often the branch of a residual block is dropped during training; never by default. The rate is that of
     * the last block, and decreases linearly to 0 for the first; outputs that are kept are scaled up. While all
     * parameters are frozen, nothing is dropped. PyTorch's global generator decides, so that
     * {@link ai.djl.engine.Engine#setRandomSeed} makes a step repeatable.
     *
     * @param rate in [0, 1); 0.1 is usual for small networks
     * @throws IllegalArgumentException if the rate is outside its range, or the network has no residual blocks
     * @see <a href="https://arxiv.org/abs/1603.09382">Deep Networks with Stochastic Depth</a>
     */
    public void setStochasticDepth(double rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("the rate of stochastic depth must be in [0, 1), got " + rate);
        }
        if (rate > 0 && StochasticDepth.rates(network, rate).isEmpty()) {
            throw new IllegalArgumentException(
                    "network '" + network.name() + "' has no residual blocks, so stochastic depth has nothing to drop");
        }
        stochasticDepth = rate;
    }

    /** The rate of {@link #setStochasticDepth}; 0 by default. */
    public double stochasticDepth() {
        return stochasticDepth;
    }

    private Parameter parameter(ParameterSpec spec) {
        return Objects.requireNonNull(parameters.get(spec.name()), spec.name());
    }

    private double dropRate() {
        return parameters.values().stream().anyMatch(Parameter::requiresGradient) ? stochasticDepth : 0;
    }

    /**
     * Freezes the layers of some stages, their running statistics included, and lets all others train.
     *
     * @param stages names of {@link Network#stages()}; none lets everything train
     * @throws IllegalArgumentException for an unknown stage
     */
    public void setFrozenStages(Collection<String> stages) {
        Map<String, List<String>> known = network.stages();
        Set<String> chosen = new HashSet<>();
        for (String stage : stages) {
            if (!known.containsKey(stage)) {
                throw new IllegalArgumentException("network '" + network.name() + "' has no stage '" + stage + "'; "
                        + NearMatches.thereAre(stage, known.keySet()));
            }
            chosen.addAll(known.get(stage));
        }
        Predicate<Parameter> frozen = parameter -> chosen.contains(layers.get(parameter.getName()));
        freezeParameters(true, frozen);
        freezeParameters(false, frozen.negate());
    }

    /** Freezes all parameters, or lets all but the running statistics train. */
    @Override
    public void freezeParameters(boolean freeze) {
        freezeParameters(freeze, parameter -> true);
    }

    /** Freezes the parameters that match, or lets them train; running statistics are left out. */
    @Override
    public void freezeParameters(boolean freeze, Predicate<Parameter> predicate) {
        super.freezeParameters(
                freeze, parameter -> ParameterSpec.isTrained(parameter.getType()) && predicate.test(parameter));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        return run(store, inputs.singletonOrThrow(), new NDList(), HeadStack.none(), training);
    }

    /**
     * The logits of heads over the features, computed in the same native call.
     *
     * @param store gives the values of this block's parameters
     * @param image (N, 3, H, W) float32, normalised; not closed here
     * @param ofHeads weight and bias of each of {@link HeadStack#products}
     * @param heads at least one
     * @param training whether to update running statistics, to drop and to allow for gradients
     * @return one (N, K) float32 array per head, owned by {@code image}'s manager
     * @throws IllegalArgumentException if the image has another shape or data type, or is too small
     * @hidden
     */
    public NDList logits(ParameterStore store, NDArray image, NDList ofHeads, HeadStack heads, boolean training) {
        return run(store, image, ofHeads, heads, training);
    }

    private NDList run(ParameterStore store, NDArray image, NDList ofHeads, HeadStack heads, boolean training) {
        network.requireImage(image);
        NDList values = new NDList(parameters.size() + ofHeads.size());
        parameters.values().forEach(parameter -> values.add(value(store, parameter, image, training)));
        values.addAll(ofHeads);
        precision = precision.resolve(image.getDevice());
        if (training) {
            Set<String> updating = updating();
            requireSeveralValues(image.getShape(), updating);
            return program(learning(updating, 0, heads, image), image).forward(image.getManager(), image, values);
        }
        return evaluate(Variant.evaluation(precision, 0, heads), image, values);
    }

    private NDList evaluate(Variant variant, NDArray input, NDList values) {
        try (NoGradients off = NoGradients.onThisThread()) {
            return program(variant, input).forward(input.getManager(), input, values);
        }
    }

    private Variant learning(Set<String> updating, int start, HeadStack heads, NDArray input) {
        return new Variant(precision, updating, start, heads, depthwise(input), dropRate());
    }

    private static Depthwise depthwise(NDArray input) {
        if (input.getDevice().isGpu()) {
            return Depthwise.PLAIN;
        }
        return WideKernels.areSliced() ? Depthwise.SLICED : Depthwise.FULL_STRIDES;
    }

    private TorchFunction program(Variant variant, NDArray image) {
        return programs.get(variant, image.getDevice());
    }

    private static NDArray value(ParameterStore store, Parameter parameter, NDArray image, boolean training) {
        if (!ParameterSpec.isTrained(parameter.getType()) && parameter.requiresGradient()) {
            parameter.freeze(true); // DJL's trainer unfreezes everything, statistics too
        }
        return store.getValue(parameter, image.getDevice(), training);
    }

    /** The batch norms of which something is trained. */
    private Set<String> updating() {
        Set<String> updating = new HashSet<>();
        for (Layer layer : network.layers()) {
            if (layer.op() instanceof BatchNorm2d
                    && layer.parameters().stream()
                            .anyMatch(
                                    spec -> spec.isTrained() && parameter(spec).requiresGradient())) {
                updating.add(layer.name());
            }
        }
        return updating;
    }

    /** PyTorch would divide by zero and ruin the running variance. */
    private void requireSeveralValues(Shape image, Set<String> updating) {
        if (image.get(0) != 1 || updating.isEmpty()) {
            return;
        }
        Map<String, Shape> shapes = network.shapes(image.get(2), image.get(3));
        for (Layer layer : network.layers()) {
            Shape shape = Network.shapeOf(layer, shapes);
            if (updating.contains(layer.name()) && shape.get(1) * shape.get(2) == 1) {
                throw new IllegalArgumentException("a batch of one image of shape " + image + " gives batch norm '"
                        + layer.name() + "' one value per channel, which has no variance; train with larger batches"
                        + " or larger images");
            }
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape image = inputShapes[0];
        network.requireImage(image);
        network.shapes(image.get(2), image.get(3)); // throws if the image is too small
        return new Shape[] {new Shape(image.get(0), network.features())};
    }

    @Override
    protected void prepare(Shape[] inputShapes) {
        getOutputShapes(inputShapes);
        for (ParameterSpec spec : network.parameters()) {
            Parameter parameter = parameter(spec);
            if (!parameter.isInitialized()) {
                parameter.setShape(spec.shape());
            } else if (!parameter.getShape().equals(spec.shape())) {
                throw new IllegalArgumentException("network '" + network.name() + "': parameter '" + spec.name()
                        + "' has shape " + parameter.getShape() + ", expected " + spec.shape());
            }
        }
    }

    /**
     * Prepares the present weights for prediction: batch norms folded into the convolutions, converted to the precision
     * and copied once.
     *
     * @param ofHeads weight and bias of each of {@link HeadStack#products}; empty for the features themselves
     * @param heads over the features; none for the features themselves
     * @param precision the data type of convolutions
     * @return to be closed by the caller; later changes of this block's parameters do not reach it
     * @hidden
     */
    public PreparedNetwork fold(NDList ofHeads, HeadStack heads, Precision precision) {
        return new FoldedNetwork(network, values(ofHeads), heads, precision);
    }

    /**
     * Adds the network to a graph of ONNX with its present weights, batch norms folded into the convolutions.
     *
     * @param graph that it is added to, and that keeps the weights
     * @param image the name of the images (N, 3, height, width) in the graph, normalised
     * @param height of the images
     * @param width of the images
     * @param ofHeads weight and bias of each of {@link HeadStack#products}
     * @param heads over the features, at least one
     * @param results will own the weights, which must live until the graph is written
     * @return the names of the logits of each head
     * @throws IllegalArgumentException if images of that size are too small
     * @hidden
     */
    public List<String> addTo(
            OnnxGraph graph,
            String image,
            long height,
            long width,
            NDList ofHeads,
            HeadStack heads,
            NDManager results) {
        return NetworkOnnx.add(graph, image, height, width, network, values(ofHeads), heads, results);
    }

    private NDList values(NDList ofHeads) {
        NDList values = new NDList();
        parameters.values().forEach(parameter -> values.add(parameter.getArray()));
        return values.addAll(ofHeads);
    }

    /**
     * The present weights with the text of a program for prediction, in float32: batch norms folded into the
     * convolutions.
     *
     * @param ofHeads weight and bias of each of {@link HeadStack#products}
     * @param heads at least one
     * @param results will own the weights
     * @hidden
     */
    public NetworkScript script(NDList ofHeads, HeadStack heads, NDManager results) {
        NDList values = new NDList();
        parameters.values().forEach(parameter -> values.add(parameter.getArray()));
        values.addAll(ofHeads);
        Folding folding = new Folding(network, Precision.FLOAT32);
        try (TorchFunction program = TorchFunction.load(results, folding.prepare(Fusions.none()));
                TorchValue weights = program.run("prepare", values)) {
            String text = NetworkText.forward(folding.folded(), Variant.evaluation(Precision.FLOAT32, 0, heads));
            return new NetworkScript(text, weights.toList(results));
        }
    }

    /**
     * Copies the present weights for maps of where the network looks.
     *
     * @param ofHeads weight and bias of each of {@link HeadStack#products}
     * @param heads at least one
     * @return to be closed by the caller; empty if no layer has a place in the image for each of its values
     * @hidden
     */
    public Optional<HeatProgram> heat(NDList ofHeads, HeadStack heads) {
        if (network.placedLayers() == 0) {
            return Optional.empty();
        }
        NDList values = new NDList();
        parameters.values().forEach(parameter -> values.add(parameter.getArray()));
        return Optional.of(new HeatNetwork(network, values, ofHeads, heads));
    }

    /**
     * The layers at the beginning of which nothing is trained now, and whose last result alone is read by the others.
     *
     * @return how many, 0 if none of them has parameters that could be frozen; all if the whole network is frozen
     */
    public int frozenLayers() {
        int free = 0;
        while (free < network.layers().size() && !isTrained(network.layers().get(free))) {
            free++;
        }
        int layers = network.separable(free);
        return network.layers().subList(0, layers).stream()
                        .allMatch(layer -> layer.parameters().isEmpty())
                ? 0
                : layers;
    }

    private boolean isTrained(Layer layer) {
        return layer.parameters().stream()
                .anyMatch(spec -> spec.isTrained() && parameter(spec).requiresGradient());
    }

    /**
     * Prepares the first layers as {@link #fold} does, in the precision of this block.
     *
     * @param layers as {@link #frozenLayers} gives them, at least 1
     * @return gives what the last of them gives, as float32; to be closed by the caller
     * @hidden
     */
    public PreparedNetwork foldFirst(int layers) {
        Network first = network.first(layers);
        NDList values = new NDList();
        first.parameters().forEach(spec -> values.add(parameter(spec).getArray()));
        return new FoldedNetwork(first, values, HeadStack.none(), precision);
    }

    /**
     * The same as {@link #logits}, from what the first layers gave.
     *
     * @param layers as {@link #frozenLayers} gave them, at least 1
     * @param value what {@link #foldFirst} gave, for at least two images if training; not closed here
     * @return one (N, K) float32 array per head, owned by {@code value}'s manager
     * @hidden
     */
    public NDList logitsAfter(
            int layers, ParameterStore store, NDArray value, NDList ofHeads, HeadStack heads, boolean training) {
        NDList values = new NDList();
        network.layers().subList(layers, network.layers().size()).stream()
                .flatMap(layer -> layer.parameters().stream())
                .forEach(spec -> values.add(value(store, parameter(spec), value, training)));
        values.addAll(ofHeads);
        precision = precision.resolve(value.getDevice());
        return training
                ? program(learning(updating(), layers, heads, value), value).forward(value.getManager(), value, values)
                : evaluate(Variant.evaluation(precision, layers, heads), value, values);
    }

    /** Frees the native programs, which are loaded again if needed; parameters belong to their own manager. */
    @Override
    public void close() {
        programs.close();
    }
}
