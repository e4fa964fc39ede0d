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
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.network.NetworkBlock;
import io.github.multilabel.model.network.ParameterSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Any number of heads over one backbone: images (N, 3, H, W) float32, normalised as the backbone asks, to one array of
 * logits (N, K) float32 per head, named after the head, in the order of the heads.
 *
 * <p>All heads are one matrix product, so that a hundred cost hardly more than three; with a {@link NetworkBlock} the
 * whole way from image to logits is one native call. Any other DJL block that gives (N, F) or (N, F, 1, 1) can be the
 * backbone; F is found from it.
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
    private final Trunk trunk;
    private final Parameter weight;
    private final Parameter bias;

    /**
     * A block that is not yet initialised.
     *
     * @param backbone is closed with this block if it can be closed
     * @param heads the questions to answer
     */
    public MultiHeadBlock(Block backbone, HeadSet heads) {
        this.heads = heads;
        this.backbone = addChildBlock("backbone", backbone);
        List<Integer> sizes = heads.stream().map(Head::size).toList();
        this.trunk = backbone instanceof NetworkBlock network
                ? new NetworkTrunk(network, sizes)
                : new BlockTrunk(backbone, sizes);
        this.weight = addParameter(parameter("heads.weight", Parameter.Type.WEIGHT));
        this.bias = addParameter(parameter("heads.bias", Parameter.Type.BIAS));
    }

    private Parameter parameter(String name, Parameter.Type type) {
        return Parameter.builder()
                .setName(name)
                .setType(type)
                .optInitializer(this::uniform)
                .build();
    }

    /** As PyTorch's Linear starts: uniform within 1 / sqrt(F), weight and bias alike. */
    private NDArray uniform(NDManager manager, Shape shape, DataType dataType) {
        float bound = (float) (1 / Math.sqrt(weight.getShape().get(1)));
        return manager.randomUniform(-bound, bound, shape, dataType);
    }

    /** The questions, in order. */
    public HeadSet heads() {
        return heads;
    }

    /** What computes the features. */
    public Block backbone() {
        return backbone;
    }

    /**
     * The data type of the backbone's convolutions from now on; {@code FLOAT32} unless set. Heads, parameters and
     * results are float32 always. A backbone that is not a {@link NetworkBlock} stays float32.
     */
    public void setPrecision(Precision precision) {
        trunk.setPrecision(precision);
    }

    /**
     * Whether the backbone computes with its own arrays always, whatever a {@link ParameterStore} gives: TorchScript
     * does, so that its gradients are in the parameters' own arrays.
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

    /** Freezes the parameters that fit, or lets them train; running statistics are passed over. */
    @Override
    public void freezeParameters(boolean freeze, Predicate<Parameter> predicate) {
        super.freezeParameters(
                freeze, parameter -> ParameterSpec.isTrained(parameter.getType()) && predicate.test(parameter));
    }

    /**
     * All parameters under names that do not change: those of the backbone after {@code backbone.}, such as
     * {@code backbone.conv1.weight}, then {@code heads.weight} (K, F) and {@code heads.bias} (K), K being the logits of
     * all heads in order. Running statistics are among them.
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
     * What the backbone sees, before any head.
     *
     * @param store gives the values of the parameters
     * @param image (N, 3, H, W) float32, normalised as the backbone asks; not closed here
     * @param training whether to update running statistics and to allow for gradients
     * @return (N, F) float32, owned by {@code image}'s manager
     * @throws IllegalArgumentException if the backbone cannot look at such an image
     */
    public NDArray features(ParameterStore store, NDArray image, boolean training) {
        return trunk.features(store, image, training);
    }

    /**
     * Prepares the present weights for prediction. With a {@link NetworkBlock} they are copied, batch norms folded and
     * converted to the precision, and later training does not reach the program; any other block is used as it is, in
     * float32, one call at a time.
     *
     * @return to be closed by the caller
     * @throws IllegalStateException if a parameter has no values yet
     */
    public InferenceProgram newInference(Precision precision) {
        parametersByName().forEach((name, parameter) -> {
            if (!parameter.isInitialized()) {
                throw new IllegalStateException("parameter '" + name
                        + "' has no values yet; initialise the block or load weights before predicting");
            }
        });
        InferenceProgram program = trunk.newInference(new NDList(weight.getArray(), bias.getArray()), precision);
        return new InferenceProgram() {
            @Override
            public NDList logits(NDManager manager, NDArray image) {
                return named(program.logits(manager, image));
            }

            @Override
            public void close() {
                program.close();
            }
        };
    }

    /**
     * Prepares the beginning of the backbone that is not trained as parameters are frozen now. Later changes of its
     * parameters do not reach it. With a {@link NetworkBlock} it is as many layers as are frozen; any other block is
     * frozen wholly or not at all.
     *
     * @return to be closed by the caller; empty if the backbone learns from its first layer on
     */
    public Optional<FrozenPart> frozenPart() {
        return trunk.frozenPart();
    }

    /**
     * The logits of training, from what the frozen part of this block gave. For at least two images, as batch norm
     * needs them.
     *
     * @param part from {@link #frozenPart}, and nothing was frozen or freed since
     * @param store gives the values of the parameters that are trained
     * @param value from {@link FrozenPart#run}; not closed here
     * @return as {@link #forward}; owned by {@code value}'s manager
     */
    public NDList logitsAfter(FrozenPart part, ParameterStore store, NDArray value) {
        return named(trunk.logitsAfter(part, store, value, linear(store, value, true)));
    }

    private NDList linear(ParameterStore store, NDArray input, boolean training) {
        return new NDList(
                store.getValue(weight, input.getDevice(), training), store.getValue(bias, input.getDevice(), training));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray image = inputs.singletonOrThrow();
        return named(trunk.logits(store, image, linear(store, image, training), training));
    }

    private NDList named(NDList logits) {
        for (int i = 0; i < heads.size(); i++) {
            logits.get(i).setName(heads.get(i).name());
        }
        return logits;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape[] features = backbone.getOutputShapes(inputShapes);
        BlockTrunk.width(features);
        return heads.stream()
                .map(head -> new Shape(features[0].get(0), head.size()))
                .toArray(Shape[]::new);
    }

    @Override
    protected void prepare(Shape[] inputShapes) {
        long width = BlockTrunk.width(backbone.getOutputShapes(inputShapes));
        int logits = heads.totalCategories();
        prepare(weight, new Shape(logits, width));
        prepare(bias, new Shape(logits));
    }

    private static void prepare(Parameter parameter, Shape shape) {
        if (!parameter.isInitialized()) {
            parameter.setShape(shape);
        } else if (!parameter.getShape().equals(shape)) {
            throw new IllegalArgumentException("parameter '" + parameter.getName() + "' has shape "
                    + parameter.getShape() + ", these heads over this backbone need " + shape);
        }
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        backbone.initialize(manager, dataType, inputShapes);
    }

    /** Frees the native programs of the backbone; parameters belong to their own manager. */
    @Override
    public void close() {
        trunk.close();
    }
}
