package io.github.multilabel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import ai.djl.util.PairList;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.internal.onnx.OnnxGraph;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.drift.UsualFeatures;
import io.github.multilabel.model.heads.HeadLayers;
import io.github.multilabel.model.internal.FeatureWidth;
import io.github.multilabel.model.internal.FrozenPart;
import io.github.multilabel.model.internal.HeatProgram;
import io.github.multilabel.model.internal.InferenceProgram;
import io.github.multilabel.model.internal.NetworkScript;
import io.github.multilabel.model.internal.ScriptBlock;
import io.github.multilabel.model.internal.heads.HeadProgram;
import io.github.multilabel.model.internal.heads.HeadStack;
import io.github.multilabel.model.network.NetworkBlock;
import io.github.multilabel.model.network.ParameterSpec;
import java.lang.ref.Reference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A DJL block of a backbone with any number of heads. It maps images (N, 3, H, W) float32, normalised as the backbone's
 * preprocessing says, to one array of logits (N, K) float32 per head, named after the head, in the order of the heads.
 *
 * <p>All linear heads are one matrix product, so that a hundred cost hardly more than three; with a
 * {@link NetworkBlock} the whole way from image to logits is one native call. Any other DJL block that gives (N, F) or
 * (N, F, 1, 1) can be the backbone; F is found from it.
 *
 * <pre>{@code
 * MultiHeadBlock block = new MultiHeadBlock(Backbones.resnet34().newBlock(), heads);
 * block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 224, 224));
 * NDList logits = block.forward(parameterStore, new NDList(image), false);
 * logits.get("brand"); // (N, 6)
 * }</pre>
 *
 * <p>The results belong to the manager of the images. One thread at a time; for many, see {@link #newInference}.
 */
public final class MultiHeadBlock extends AbstractBlock implements AutoCloseable {

    private final Block backbone;
    private final HeadSet heads;
    private final ForwardPath forwardPath;
    private final HeadParameters ofHeads;

    /**
     * Creates a block in which each head is one linear layer. Call {@link #initialize} before using it.
     *
     * @param backbone is closed with this block if it can be closed
     * @param heads the heads with their categories
     */
    public MultiHeadBlock(Block backbone, HeadSet heads) {
        this(backbone, heads, Map.of());
    }

    /**
     * Creates a block. Call {@link #initialize} before using it.
     *
     * @param backbone is closed with this block if it can be closed
     * @param heads the heads with their categories
     * @param layers the layers of heads that are more than one linear layer, by the name of the head
     * @throws IllegalArgumentException if layers are given for an unknown head
     */
    public MultiHeadBlock(Block backbone, HeadSet heads, Map<String, HeadLayers> layers) {
        HeadStack stack = HeadStack.of(heads, layers);
        this.heads = heads;
        this.backbone = addChildBlock("backbone", backbone);
        this.forwardPath = backbone instanceof NetworkBlock network
                ? new NetworkForwardPath(network, stack)
                : new BlockForwardPath(backbone, stack, new HeadProgram(stack));
        this.ofHeads = new HeadParameters(stack);
        ofHeads.all().forEach(this::addParameter);
    }

    /** The heads with their categories, in order. */
    public HeadSet heads() {
        return heads;
    }

    /** The part that computes, which can be freed without this block. */
    ForwardPath forwardPath() {
        return forwardPath;
    }

    /** The parameters of the heads. */
    HeadParameters headParameters() {
        return ofHeads;
    }

    /** The block that computes the features. */
    public Block backbone() {
        return backbone;
    }

    /**
     * Sets the data type of the backbone's convolutions; {@code FLOAT32} by default. Heads, parameters and results are
     * always float32. A backbone that is not a {@link NetworkBlock} stays float32.
     */
    public void setPrecision(Precision precision) {
        forwardPath.setPrecision(precision);
    }

    /**
     * Whether the backbone always computes with its own arrays instead of those of a {@link ParameterStore}.
     * TorchScript does, so its gradients are in the parameters' own arrays.
     */
    public boolean isBackboneBound() {
        return backbone instanceof ScriptBlock;
    }

    /** Freezes the backbone, its running statistics included, or lets it train again. */
    public void setBackboneFrozen(boolean frozen) {
        for (Parameter parameter : backbone.getParameters().values()) {
            if (ParameterSpec.isTrained(parameter.getType())) {
                parameter.freeze(frozen);
            }
        }
    }

    /** Freezes all parameters, or lets all but running statistics train. */
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

    /**
     * Returns all parameters, running statistics included, by names that are stable across releases: those of the
     * backbone after {@code backbone.}, such as {@code backbone.conv1.weight}, then {@code heads.weight} (K, F) and
     * {@code heads.bias} (K), K being the logits of all heads of one layer in order. Heads with a hidden layer have
     * {@code hidden.weight} (H, F) and {@code hidden.bias} (H) together, H being the units of all of them in order, and
     * {@code heads.NAME.weight} and {@code heads.NAME.bias} each.
     */
    public Map<String, Parameter> parametersByName() {
        Map<String, Parameter> named = new LinkedHashMap<>();
        for (Pair<String, Parameter> parameter : backbone.getParameters()) {
            named.put("backbone." + parameter.getKey(), parameter.getValue());
        }
        parameters.forEach(named::put);
        return Collections.unmodifiableMap(named);
    }

    /**
     * Computes the features of the backbone, without the heads.
     *
     * @param store has the values of the parameters
     * @param image (N, 3, H, W) float32, normalised as the backbone's preprocessing says; not closed here
     * @param training whether to update running statistics and to allow for gradients
     * @return (N, F) float32, owned by {@code image}'s manager
     * @throws IllegalArgumentException if the backbone cannot take images of this shape
     */
    public NDArray features(ParameterStore store, NDArray image, boolean training) {
        try {
            return forwardPath.features(store, image, training);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Prepares the current weights for prediction. With a {@link NetworkBlock} they are copied, batch norms folded and
     * converted to the precision, and later training does not reach the program; any other block is used as it is, in
     * float32, one call at a time.
     *
     * @return to be closed by the caller
     * @throws IllegalStateException if a parameter has no values yet
     * @hidden
     */
    public InferenceProgram newInference(Precision precision) {
        return newInference(Optional.empty(), precision);
    }

    /** As above, with the distance (N, 1) to usual features as the last result, if there are any. */
    InferenceProgram newInference(Optional<UsualFeatures> usual, Precision precision) {
        requireValues();
        try {
            return owned(forwardPath.newInference(ofHeads.arrays(), usual, precision), logits -> named(heads, logits));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Prepares the current weights of the backbone as {@link #newInference} does.
     *
     * @return gives one array, the features (N, F); to be closed by the caller
     * @throws IllegalStateException if a parameter has no values yet
     */
    InferenceProgram newFeatures(Precision precision) {
        requireValues();
        try {
            return owned(forwardPath.newFeatures(precision), UnaryOperator.identity());
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Copies the current weights for maps of where the backbone looks.
     *
     * @return to be closed by the caller; empty if the backbone is no {@link NetworkBlock}, or none of its layers has
     *     places
     * @throws IllegalStateException if a parameter has no values yet
     */
    Optional<HeatProgram> newHeat() {
        requireValues();
        try {
            return forwardPath.newHeat(ofHeads.arrays());
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Adds backbone and heads to a graph of ONNX with their present weights, as they predict.
     *
     * @param graph that they are added to
     * @param image the name of the images (N, 3, H, W) in the graph, normalised
     * @param size H and W
     * @param usual of which features, if the distance to them is the last result
     * @param results will own the weights, which must live until the graph is written
     * @return the names of the logits (N, K) of each head, and of the distance (N, 1) if there is one
     * @throws IllegalArgumentException if the layers of the backbone are not known, or images of that size are too
     *     small
     * @throws IllegalStateException if a parameter has no values yet
     */
    List<String> addTo(
            OnnxGraph graph, String image, ImageSize size, Optional<UsualFeatures> usual, NDManager results) {
        requireValues();
        try {
            return forwardPath.addTo(graph, image, size, ofHeads.arrays(), usual, results);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * The present weights with the text of a program that needs nothing else: batch norms folded, float32, the same on
     * every machine.
     *
     * @param results will own the weights
     * @return empty if the backbone is no {@link NetworkBlock}
     * @throws IllegalStateException if a parameter has no values yet
     * @hidden
     */
    public Optional<NetworkScript> script(NDManager results) {
        requireValues();
        try {
            return forwardPath.script(ofHeads.arrays(), results);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** The number of features that the backbone gives for an image, F; known when this block is initialised. */
    public int featureCount() {
        return Math.toIntExact(ofHeads.features());
    }

    private void requireValues() {
        parametersByName().forEach((name, parameter) -> {
            if (!parameter.isInitialized()) {
                throw new IllegalStateException("parameter '" + name
                        + "' has no values yet; initialise the block or load weights before predicting");
            }
        });
    }

    /**
     * A program with its weights.
     *
     * @param owner of the weights: a program that runs on those of a block must keep it from being freed
     * @param last what is done to the result
     */
    private record OwnedProgram(InferenceProgram program, Object owner, UnaryOperator<NDList> last)
            implements InferenceProgram {

        @Override
        public NDList logits(NDManager manager, NDArray image) {
            try {
                return last.apply(program.logits(manager, image));
            } finally {
                Reference.reachabilityFence(owner);
            }
        }

        @Override
        public void close() {
            program.close();
        }
    }

    private InferenceProgram owned(InferenceProgram program, UnaryOperator<NDList> last) {
        return new OwnedProgram(program, backbone instanceof NetworkBlock ? program : this, last);
    }

    /**
     * Prepares the beginning of the backbone that is not trained as parameters are frozen now. Later changes of its
     * parameters do not reach it. With a {@link NetworkBlock} it is as many layers as are frozen; any other block is
     * frozen wholly or not at all.
     *
     * @return to be closed by the caller; empty if the first layer of the backbone is trained
     * @hidden
     */
    public Optional<FrozenPart> frozenPart() {
        try {
            return forwardPath.frozenPart();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * The logits, from what the frozen part of this block gave.
     *
     * @param part from {@link #frozenPart}, and nothing was frozen or freed since
     * @param store gives the values of the parameters that are trained
     * @param value from {@link FrozenPart#run}, for at least two images if training, as batch norm needs them; not
     *     closed here
     * @param training as for {@link #forward}
     * @return as {@link #forward}; owned by {@code value}'s manager
     * @hidden
     */
    public NDList logitsAfter(FrozenPart part, ParameterStore store, NDArray value, boolean training) {
        NDList values = ofHeads.values(store, value.getDevice(), training);
        try {
            return named(heads, forwardPath.logitsAfter(part, store, value, values, training));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray image = inputs.singletonOrThrow();
        NDList values = ofHeads.values(store, image.getDevice(), training);
        try {
            return named(heads, forwardPath.logits(store, image, values, training));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private static NDList named(HeadSet heads, NDList logits) {
        for (int i = 0; i < heads.size(); i++) {
            logits.get(i).setName(heads.get(i).name());
        }
        return logits;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape[] features = backbone.getOutputShapes(inputShapes);
        FeatureWidth.of(features);
        return heads.stream()
                .map(head -> new Shape(features[0].get(0), head.size()))
                .toArray(Shape[]::new);
    }

    @Override
    protected void prepare(Shape[] inputShapes) {
        ofHeads.prepare(FeatureWidth.of(backbone.getOutputShapes(inputShapes)));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        backbone.initialize(manager, dataType, inputShapes);
    }

    /** Frees the native programs of the backbone; parameters belong to their own manager. */
    @Override
    public void close() {
        forwardPath.close();
    }
}
