package io.github.multilabel.model.backbone;

import ai.djl.nn.Block;
import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.network.NetworkBlock;
import io.github.multilabel.model.weights.NameRules;
import io.github.multilabel.model.weights.PretrainedWeights;
import io.github.multilabel.model.weights.WeightFile;
import io.github.multilabel.model.weights.WeightMatching;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What looks at an image once, for all heads: a network, what it wants of its images, and where its weights come from.
 * Immutable.
 *
 * <pre>{@code
 * Backbones.resnet34()                                 // random weights
 * Backbones.resnet34().pretrained()                    // ImageNet's, as torchvision publishes them
 * Backbones.resnet34().pretrained(Path.of("mine.pth")) // a file of one's own
 * }</pre>
 *
 * <p>Nothing is read or fetched before a model is made of it.
 */
public final class Backbone {

    private final String name;
    private final Preprocessing preprocessing;
    private final Optional<Network> network;
    private final NameRules weightNames;
    private final Optional<FirstWeights> weights;
    private final Supplier<? extends Block> blocks;

    Backbone(String name, Preprocessing preprocessing, Optional<Network> network, Supplier<? extends Block> blocks) {
        this(name, preprocessing, network, NameRules.of(), Optional.empty(), blocks);
    }

    private Backbone(
            String name,
            Preprocessing preprocessing,
            Optional<Network> network,
            NameRules weightNames,
            Optional<FirstWeights> weights,
            Supplier<? extends Block> blocks) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a backbone needs a name, got '" + name + "'");
        }
        this.name = name;
        this.preprocessing = Objects.requireNonNull(preprocessing, "preprocessing");
        this.network = network;
        this.weightNames = Objects.requireNonNull(weightNames, "weightNames");
        this.weights = weights;
        this.blocks = blocks;
    }

    /** The name, such as {@code resnet34}. */
    public String name() {
        return name;
    }

    /** Size, crop and normalisation of the images. */
    public Preprocessing preprocessing() {
        return preprocessing;
    }

    /** The same with other preprocessing, such as another image size. */
    public Backbone withPreprocessing(Preprocessing preprocessing) {
        return new Backbone(name, preprocessing, network, weightNames, weights, blocks);
    }

    /**
     * The same whose residual blocks are dropped for some images while training, which keeps large networks from
     * learning a small data set by heart. Prediction and saved models know nothing of it.
     *
     * @param rate in [0, 1): the share of images for which the last block is dropped; see
     *     {@link NetworkBlock#setStochasticDepth}
     * @throws IllegalArgumentException if the rate is outside its range, or this backbone is not a network with
     *     residual blocks
     */
    public Backbone withStochasticDepth(double rate) {
        Network described = network.orElseThrow(() -> new IllegalArgumentException(
                "backbone '" + name + "' is not a network of this library, so its blocks are not known"));
        Supplier<NetworkBlock> dropping = () -> {
            NetworkBlock block = new NetworkBlock(described);
            block.setStochasticDepth(rate);
            return block;
        };
        dropping.get().close(); // says at once what is wrong
        return new Backbone(name, preprocessing, network, weightNames, weights, dropping);
    }

    /**
     * From the names that its published weights give to parameters, where they are others than those of
     * {@link #network}; a name of the network stays as it is.
     */
    public NameRules weightNames() {
        return weightNames;
    }

    /** The same with rules for the names in one's own weight files; call it before {@link #pretrained(Path)}. */
    public Backbone withWeightNames(NameRules weightNames) {
        return new Backbone(name, preprocessing, network, weightNames, weights, blocks);
    }

    /**
     * The same with the weights that were published for it, and their preprocessing in place of its own. When a model
     * is made, they are fetched once into DJL's cache folder; see {@link PretrainedWeights}.
     *
     * @throws IllegalArgumentException if none are known; the message names the backbones that have some
     */
    public Backbone pretrained() {
        return pretrained(PretrainedWeights.of(name));
    }

    /**
     * The same with other published weights, and their preprocessing in place of its own.
     *
     * @throws IllegalArgumentException if they are another backbone's
     */
    public Backbone pretrained(PretrainedWeights published) {
        return pretrained(published, ProgressListener.standard());
    }

    /**
     * The same with other published weights, telling of the progress while they are fetched.
     *
     * @throws IllegalArgumentException if they are another backbone's
     */
    public Backbone pretrained(PretrainedWeights published, ProgressListener progress) {
        if (!published.backbone().equals(name)) {
            throw new IllegalArgumentException(published + " do not fit backbone '" + name + "'");
        }
        return withWeights(
                published.preprocessing(), () -> WeightFile.open(published.fetch(progress)), WeightMatching.strict());
    }

    /**
     * The same with the weights of a file, all of which must fit; a classifier's own last layer may stay unused.
     *
     * @see #pretrained(Path, WeightMatching)
     */
    public Backbone pretrained(Path file) {
        return pretrained(file, WeightMatching.strict());
    }

    /**
     * The same with the weights of a file. It is taken to want the images that the published weights of this backbone
     * want, if there are some; otherwise {@link #withPreprocessing} follows.
     *
     * @param file safetensors or what PyTorch saves; read when a model is made
     * @param matching how its names are found; {@link #weightNames} is applied after it
     */
    public Backbone pretrained(Path file, WeightMatching matching) {
        Objects.requireNonNull(file, "file");
        return withWeights(() -> WeightFile.open(file), matching);
    }

    /**
     * The same with the weights of one entry of a checkpoint that has several, such as their moving average.
     *
     * @param entry its key, such as {@code state_dict_ema}
     * @see #pretrained(Path)
     */
    public Backbone pretrained(Path file, String entry) {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(entry, "entry");
        return withWeights(() -> WeightFile.open(file, entry), WeightMatching.strict());
    }

    private Backbone withWeights(FirstWeights.Source source, WeightMatching matching) {
        Preprocessing wanted = PretrainedWeights.find(name)
                .map(PretrainedWeights::preprocessing)
                .orElse(preprocessing);
        return withWeights(wanted, source, matching);
    }

    private Backbone withWeights(Preprocessing wanted, FirstWeights.Source source, WeightMatching matching) {
        WeightMatching known = matching.withNames(
                nameInFile -> weightNames.apply(matching.names().apply(nameInFile)));
        return new Backbone(name, wanted, network, weightNames, Optional.of(new FirstWeights(source, known)), blocks);
    }

    /** Whether its first weights come from somewhere: from a file, or with a block of another origin. */
    public boolean isPretrained() {
        return weights.isPresent() || network.isEmpty();
    }

    /**
     * A block that maps (N, 3, H, W) float32 to features (N, F) or (N, F, 1, 1), not yet initialised. New each time,
     * unless {@link Backbones#of(String, Block)} was given a block. Its weights will be random until
     * {@link #loadWeights}, which {@link MultiLabelModel#create} calls.
     */
    public Block newBlock() {
        return blocks.get();
    }

    /**
     * Fills a block of this backbone with the pretrained weights, fetching them if need be, and says so in the log.
     * Does nothing if there are none.
     *
     * @param block from {@link #newBlock}, initialised
     * @throws IOException if the weights cannot be fetched or read, or do not fit; the block is then as it was
     */
    public void loadWeights(Block block) throws IOException {
        if (weights.isPresent()) {
            weights.get().load(block);
        }
    }

    /** The description, from which the block can be made again; empty for a block of other origin. */
    public Optional<Network> network() {
        return network;
    }

    @Override
    public String toString() {
        return name;
    }
}
