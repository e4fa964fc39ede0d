package io.github.multilabel.model;

import ai.djl.nn.Block;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.weights.NameRules;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** What looks at an image once, for all heads: a network, and what it wants of its images. Immutable. */
public final class Backbone {

    private final String name;
    private final Preprocessing preprocessing;
    private final Network network;
    private final NameRules weightNames;
    private final Supplier<? extends Block> blocks;

    Backbone(
            String name,
            Preprocessing preprocessing,
            Network network,
            NameRules weightNames,
            Supplier<? extends Block> blocks) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a backbone needs a name, got '" + name + "'");
        }
        this.name = name;
        this.preprocessing = Objects.requireNonNull(preprocessing, "preprocessing");
        this.network = network;
        this.weightNames = weightNames;
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
        return new Backbone(name, preprocessing, network, weightNames, blocks);
    }

    /**
     * From the names that its published weights give to parameters, where they are others than those of
     * {@link #network}; a name of the network stays as it is. For
     * {@link io.github.multilabel.model.weights.WeightMatching#withNames}.
     */
    public NameRules weightNames() {
        return weightNames;
    }

    /** The same with rules for the names in one's own weight files. */
    public Backbone withWeightNames(NameRules weightNames) {
        return new Backbone(name, preprocessing, network, Objects.requireNonNull(weightNames, "weightNames"), blocks);
    }

    /**
     * A block that maps (N, 3, H, W) float32 to features (N, F) or (N, F, 1, 1), not yet initialised. New each time,
     * unless {@link Backbones#of(String, Block)} was given a block.
     */
    public Block newBlock() {
        return blocks.get();
    }

    /** The description, from which the block can be made again; empty for a block of other origin. */
    public Optional<Network> network() {
        return Optional.ofNullable(network);
    }

    @Override
    public String toString() {
        return name;
    }
}
