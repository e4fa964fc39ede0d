package io.github.multilabel.model.backbone;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.network.NetworkBlock;
import io.github.multilabel.model.card.ModelCard;
import io.github.multilabel.model.weights.NameRules;
import io.github.multilabel.model.weights.PretrainedWeights;
import io.github.multilabel.model.weights.WeightFile;
import io.github.multilabel.model.weights.WeightMatching;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The network below all heads, which maps an image to features: its layers, its preprocessing, and the source of its
 * weights. Immutable.
 *
 * <pre>{@code
 * Backbones.resnet34()                                 // random weights
 * Backbones.resnet34().pretrained()                    // ImageNet's, as torchvision publishes them
 * Backbones.resnet34().pretrained(Path.of("mine.pth")) // weights from your own file
 * }</pre>
 *
 * <p>Weights are read or downloaded when a model is created from the backbone, not before.
 */
public final class Backbone {

    private final String name;
    private final Preprocessing preprocessing;
    private final Optional<Network> network;
    private final NameRules weightNames;
    private final Optional<InitialWeights> weights;
    private final Supplier<? extends Block> blocks;

    Backbone(String name, Preprocessing preprocessing, Optional<Network> network, Supplier<? extends Block> blocks) {
        this(name, preprocessing, network, NameRules.of(), Optional.empty(), blocks);
    }

    private Backbone(
            String name,
            Preprocessing preprocessing,
            Optional<Network> network,
            NameRules weightNames,
            Optional<InitialWeights> weights,
            Supplier<? extends Block> blocks) {
        if (Given.require(name, "name", "the name of the backbone").isBlank()) {
            throw new IllegalArgumentException("a backbone needs a name, got '" + name + "'");
        }
        this.name = name;
        this.preprocessing = Given.require(preprocessing, "preprocessing", "e.g. Preprocessing.imageNet(224)");
        this.network = network;
        this.weightNames = Given.require(weightNames, "weightNames", "e.g. NameRules.of()");
        this.weights = weights;
        this.blocks = blocks;
    }

    /** The name, such as {@code resnet34}. */
    public String name() {
        return name;
    }

    /** The size, crop and normalisation of images that the weights expect. */
    public Preprocessing preprocessing() {
        return preprocessing;
    }

    /** Returns this backbone with other preprocessing, for example another image size. */
    public Backbone withPreprocessing(Preprocessing preprocessing) {
        return new Backbone(name, preprocessing, network, weightNames, weights, blocks);
    }

    /**
     * Returns this backbone with stochastic depth: during training, residual blocks are dropped for some images, which
     * reduces overfitting of large networks. Prediction uses all blocks, and saved models do not contain the rate.
     *
     * @param rate in [0, 1): the fraction of images for which the last block is dropped; see
     *     {@link NetworkBlock#setStochasticDepth}
     * @throws IllegalArgumentException if the rate is outside its range, or this backbone is not a network with
     *     residual blocks
     */
    public Backbone withStochasticDepth(double rate) {
        Network described = network.orElseThrow(
                () -> new IllegalArgumentException(
                        "backbone '" + name
                                + "' is not a network of this library, so its residual blocks are not known; leave out withStochasticDepth, or take one of Backbones.names()"));
        Supplier<NetworkBlock> dropping = () -> {
            NetworkBlock block = new NetworkBlock(described);
            block.setStochasticDepth(rate);
            return block;
        };
        dropping.get().close(); // says at once what is wrong
        return new Backbone(name, preprocessing, network, weightNames, weights, dropping);
    }

    /**
     * Returns this backbone of a DJL block without the last children of the block, such as its classifier. Both have
     * the other children in common, and with them the weights. How many belong to the classifier is seen in the text of
     * the block; of {@code ResNetV1} and {@code MobileNetV2} of DJL's model zoo, they are two, a layer and what
     * flattens its results:
     *
     * <pre>{@code
     * Block resnet = ResNetV1.builder().setImageShape(new Shape(3, 224, 224)).setNumLayers(50).setOutSize(1000).build();
     * Backbone backbone = Backbones.of("resnet", resnet).withoutLast(2); // (N, 2048)
     * }</pre>
     *
     * @param children at least 1; at least one child must be left
     * @throws IllegalArgumentException if no child would be left, or this backbone is not that of a
     *     {@link SequentialBlock}, whose children follow one another
     */
    public Backbone withoutLast(int children) {
        return new Backbone(
                name, preprocessing, network, weightNames, weights, Children.withoutLast(name, newBlock(), children));
    }

    /** Maps the names of parameters in published weights to those of {@link #network}, where they differ. */
    public NameRules weightNames() {
        return weightNames;
    }

    /**
     * Returns this backbone with rules for the names in your weight files; call it before {@link #pretrained(Path)}.
     */
    public Backbone withWeightNames(NameRules weightNames) {
        return new Backbone(name, preprocessing, network, weightNames, weights, blocks);
    }

    /**
     * Returns this backbone with its published weights, usually of ImageNet, and their preprocessing. They are
     * downloaded into DJL's cache folder when the first model is created, see {@link PretrainedWeights}.
     *
     * @throws IllegalArgumentException if no published weights are known; the message names the backbones that have
     *     some
     */
    public Backbone pretrained() {
        return pretrained(PretrainedWeights.of(name));
    }

    /**
     * Returns this backbone with the given published weights and their preprocessing.
     *
     * @throws IllegalArgumentException if they are another backbone's
     */
    public Backbone pretrained(PretrainedWeights published) {
        return pretrained(published, ProgressListener.standard());
    }

    /**
     * Returns this backbone with the given published weights and their preprocessing.
     *
     * @param progress called while the weights are downloaded
     * @throws IllegalArgumentException if they are another backbone's
     */
    public Backbone pretrained(PretrainedWeights published, ProgressListener progress) {
        if (!published.backbone().equals(name)) {
            throw new IllegalArgumentException(published + " do not fit backbone '" + name + "'");
        }
        return withWeights(
                published.preprocessing(),
                new FileWeights(
                        () -> WeightFile.open(published.fetch(progress)),
                        WeightMatching.strict(),
                        new ModelCard.Weights(
                                published.toString(), published.url().toString(), Optional.of(published.licence()))));
    }

    /**
     * Returns this backbone with the weights of a file. All parameters must be in the file; only the last layer of a
     * classifier may be left unused.
     *
     * @see #pretrained(Path, WeightMatching)
     */
    public Backbone pretrained(Path file) {
        return pretrained(file, WeightMatching.strict());
    }

    /**
     * Returns this backbone with the weights of a file. Its preprocessing becomes that of the published weights of this
     * backbone, if there are some; call {@link #withPreprocessing} afterwards if your weights expect another.
     *
     * @param file in the format of safetensors or of PyTorch's {@code torch.save}; read when a model is created
     * @param matching how names of parameters are found in the file; {@link #weightNames} is applied after it
     */
    public Backbone pretrained(Path file, WeightMatching matching) {
        Given.require(file, "file", "the path of a file of weights");
        Given.require(matching, "matching", "e.g. WeightMatching.strict()");
        return withWeights(new FileWeights(() -> WeightFile.open(file), matching, ofFile(file)));
    }

    /**
     * Returns this backbone with the weights of one entry of a checkpoint that has several, for example their moving
     * average.
     *
     * @param file in the format of PyTorch's {@code torch.save}; read when a model is created
     * @param entry the key of the entry, for example {@code state_dict_ema}
     * @see #pretrained(Path)
     */
    public Backbone pretrained(Path file, String entry) {
        Given.require(file, "file", "the path of a file of weights");
        Given.require(entry, "entry", "the key of an entry, e.g. \"state_dict_ema\"");
        return withWeights(
                new FileWeights(() -> WeightFile.open(file, entry), WeightMatching.strict(), ofFile(file)));
    }

    /**
     * Returns this backbone with weights from a source of the application's own, such as a database. A file is
     * {@link #pretrained(Path)}, another model {@link io.github.multilabel.model.MultiLabelModel#backbone()}.
     */
    public Backbone withWeights(InitialWeights weights) {
        Given.require(weights, "weights", "what fills a block");
        return new Backbone(name, preprocessing, network, weightNames, Optional.of(weights), blocks);
    }

    private Backbone withWeights(FileWeights weights) {
        Preprocessing wanted = PretrainedWeights.find(name)
                .map(PretrainedWeights::preprocessing)
                .orElse(preprocessing);
        return withWeights(wanted, weights);
    }

    private Backbone withWeights(Preprocessing wanted, FileWeights weights) {
        WeightMatching matching = weights.matching();
        WeightMatching known = matching.withNames(
                nameInFile -> weightNames.apply(matching.names().apply(nameInFile)));
        InitialWeights named = new FileWeights(weights.source(), known, weights.from());
        return withPreprocessing(wanted).withWeights(named);
    }

    private static ModelCard.Weights ofFile(Path file) {
        return new ModelCard.Weights(String.valueOf(file.getFileName()), "a file", Optional.empty());
    }

    /** Where the weights come from, as far as it is known. */
    public Optional<ModelCard.Weights> weightsOrigin() {
        return weights.flatMap(InitialWeights::origin);
    }

    /** Returns whether the weights come from a file, or with a DJL block, and are not random. */
    public boolean isPretrained() {
        return weights.isPresent() || network.isEmpty();
    }

    /**
     * Creates a block that maps images (N, 3, H, W) float32 to features (N, F) or (N, F, 1, 1), not yet initialised. A
     * backbone from {@link Backbones#of(String, Block)} returns the given block each time. The weights are random until
     * {@link #loadWeights} is called, as {@link MultiLabelModel#create} does.
     */
    public Block newBlock() {
        return blocks.get();
    }

    /**
     * Fills a block of this backbone with the pretrained weights, which are downloaded if needed, and logs the source.
     * Does nothing if the backbone has no pretrained weights.
     *
     * @param block from {@link #newBlock}, initialised
     * @throws IOException if the weights cannot be downloaded or read, or do not fit; the block is then unchanged
     */
    public void loadWeights(Block block) throws IOException {
        if (weights.isPresent()) {
            weights.get().load(block);
        }
    }

    /** The layers of the network; empty for a DJL block or TorchScript. */
    public Optional<Network> network() {
        return network;
    }

    @Override
    public String toString() {
        return name;
    }
}
